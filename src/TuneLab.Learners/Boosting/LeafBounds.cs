namespace TuneLab.Learners.Boosting;

/// <summary>
/// Between which values, before the learning rate, a leaf must stay so that the splits above it on monotone features keep their direction. Where such a split
/// is made, the middle of its two values bounds all leaves below it (LightGBM's method "basic"; XGBoost's too).
/// </summary>
internal readonly record struct LeafBounds(double Low, double High)
{
    /// <summary>Any value: the root's.</summary>
    public static LeafBounds Open { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether any value will do.</summary>
    public bool AreOpen => double.IsNegativeInfinity(Low) && double.IsPositiveInfinity(High);

    /// <summary>The nearest value within the bounds.</summary>
    public double Clip(double value) => Math.Min(Math.Max(value, Low), High);

    /// <summary>The bounds of the two parts of a split.</summary>
    /// <param name="direction">1: the feature's predictions must not fall, -1: not rise, 0: may do both.</param>
    /// <param name="left">The left part's value, within these bounds.</param>
    /// <param name="right">The right part's.</param>
    public (LeafBounds Left, LeafBounds Right) Part(int direction, double left, double right)
    {
        if (direction == 0)
        {
            return (this, this);
        }

        var middle = left / 2 + right / 2;
        var (below, above) = (this with { High = middle }, this with { Low = middle });
        return direction > 0 ? (below, above) : (above, below);
    }
}
