namespace TuneLab.Learners.Boosting;

/// <summary>What a split must keep to, and how leaves are valued: Newton steps with penalties (Chen and Guestrin 2016, eq. 5 and 7).</summary>
/// <param name="MinWeight">Fewest rows of a child, each counted as often as it weighs where all weights are whole.</param>
/// <param name="MinHessian">Smallest hessian sum of a child.</param>
/// <param name="L1">Penalty on a leaf's absolute value.</param>
/// <param name="L2">Penalty on a leaf's square.</param>
/// <param name="MinGain">A split must gain more.</param>
/// <param name="CatSmooth">Added to a category's hessian when categories are ordered; categories of less weight are not ordered at all.</param>
/// <param name="CatL2">Added to <paramref name="L2"/> when a split of ordered categories is judged, and in the values of its two parts while they are leaves.</param>
/// <param name="MaxCatGroups">The most categories on the smaller side of a split.</param>
internal sealed record SplitRules(double MinWeight, double MinHessian, double L1, double L2, double MinGain, double CatSmooth, double CatL2, int MaxCatGroups)
{
    /// <summary>[features]: 1 where predictions must not fall while the feature grows, -1 where they must not rise, else 0; null: no feature has a direction.</summary>
    public sbyte[]? Directions { get; init; }

    /// <summary>Half of what a leaf of these sums would reduce the objective by, doubled: G^2 / (H + l2), G shrunk by l1.</summary>
    public double Score(double gradient, double hessian, double extraL2 = 0)
    {
        var shrunk = Shrink(gradient);
        return shrunk * shrunk / (hessian + L2 + extraL2);
    }

    /// <summary>The same for a leaf of any value w: -(2 G w + 2 l1 |w| + (H + l2) w^2), which <see cref="Value"/> makes largest.</summary>
    public double ScoreOf(double value, double gradient, double hessian, double extraL2 = 0)
        => -(2 * (gradient * value + L1 * Math.Abs(value)) + (hessian + L2 + extraL2) * value * value);

    /// <summary>The value of a leaf before the learning rate: -G / (H + l2), G shrunk by l1; 0 without hessian.</summary>
    public double Value(double gradient, double hessian, double extraL2 = 0) => hessian + L2 + extraL2 > 0 ? -Shrink(gradient) / (hessian + L2 + extraL2) : 0;

    /// <summary>A gradient sum brought nearer to 0 by l1.</summary>
    public double Shrink(double gradient)
        => L1 == 0 ? gradient : gradient > L1 ? gradient - L1 : gradient < -L1 ? gradient + L1 : 0;
}
