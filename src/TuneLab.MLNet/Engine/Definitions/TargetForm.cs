namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>How a regression's label is learned.</summary>
internal enum TargetForm
{
    /// <summary>With mean 0 and deviation 1.</summary>
    Standard,

    /// <summary>From 0 up with mean 1: for losses of counts and amounts.</summary>
    Positive,
}
