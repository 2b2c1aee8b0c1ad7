namespace TuneLab.Learners.Boosting;

/// <summary>The rules of splits applied to the whole-number sums of <see cref="GradientPairs"/>.</summary>
internal sealed class SplitMeasure(SplitRules rules, GradientPairs pairs)
{
    /// <summary>The rules.</summary>
    public SplitRules Rules { get; } = rules;

    /// <summary>What the sums are counted in.</summary>
    public GradientPairs Pairs { get; } = pairs;

    /// <summary>The least weight of a part, in units.</summary>
    public long LeastUnits { get; } = pairs.UnitsOf(rules.MinWeight);

    /// <summary>The least hessian of a part, in units, at least one. Changes from tree to tree.</summary>
    public long LeastHessian => Math.Max(1, (long)Math.Ceiling(Rules.MinHessian / Pairs.HessianUnit));

    /// <summary>The score of a part at its best value.</summary>
    public double Score(NodeTotals part, double extraL2 = 0) => Rules.Score(Pairs.Gradient(part.First), Math.Max(Pairs.Hessian(part.Second), double.Epsilon), extraL2);

    /// <summary>The score of a part at another value.</summary>
    public double ScoreOf(double value, NodeTotals part, double extraL2) => Rules.ScoreOf(value, Pairs.Gradient(part.First), Pairs.Hessian(part.Second), extraL2);

    /// <summary>The best value of a part before the learning rate, as near as its bounds allow.</summary>
    public double Value(NodeTotals part, LeafBounds bounds, double extraL2 = 0) => bounds.Clip(Rules.Value(Pairs.Gradient(part.First), Pairs.Hessian(part.Second), extraL2));
}
