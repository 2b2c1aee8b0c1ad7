namespace TuneLab.Space;

/// <summary>How a number is spread over its range.</summary>
public enum Scale
{
    /// <summary>Equal steps are equally likely.</summary>
    Linear,

    /// <summary>Equal ratios are equally likely; needs a positive lower bound.</summary>
    Log,
}
