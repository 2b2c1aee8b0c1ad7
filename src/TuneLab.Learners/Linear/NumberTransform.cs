namespace TuneLab.Learners.Linear;

/// <summary>What is done to a number before it is standardised.</summary>
internal enum NumberTransform
{
    /// <summary>Nothing.</summary>
    Standard,

    /// <summary>Its rank among the training rows, as the quantile of a normal distribution: tames skew and outliers.</summary>
    Quantile,
}
