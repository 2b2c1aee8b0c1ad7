namespace TuneLab.Data;

/// <summary>Which way predictions may move while one feature grows and the others stay: the number of a regression, the probability of a binary task's positive class.</summary>
public enum MonotoneDirection
{
    /// <summary>Never down.</summary>
    Increasing = 1,

    /// <summary>Never up.</summary>
    Decreasing = -1,
}
