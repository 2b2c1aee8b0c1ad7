using TuneLab.Learners.Boosting;
using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Tests.Boosting;

/// <summary>Values of leaves of several classes, by hand.</summary>
public sealed class EvidenceStepsTests
{
    [Theory]
    [InlineData(0, 32)]
    [InlineData(1, 16.5)]
    [InlineData(2, 1 + (31.0 / 257))]
    [InlineData(1e9, 1)]
    public void Factor_SmallNodes_FallsFrom32ToOneAsANodeIsBeyondChance(double chances, double factor)
    {
        // chance alone is taken to give 0.13 to a node of 1 / e of the rows, 0.26 to one of 1 / e^2
        Assert.Equal(factor, EvidenceSteps.Factor(0.13 * chances, Math.Exp(-1)), 8);
        Assert.Equal(factor, EvidenceSteps.Factor(0.26 * chances, Math.Exp(-2)), 8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Factor_AllRows_IsOne(double score) => Assert.Equal(1, EvidenceSteps.Factor(score, 1));

    [Fact]
    public void Value_LeavesUnlikeAndLikeTheirParent_StepOnTheirOwnAndWithIt()
    {
        // three classes: p (1 - p) is two thirds of a hessian. Without penalties the root goes to -(-7) / 20
        var steps = Steps(0);
        var leaves = Part(steps);
        var values = new double[3];
        steps.Value(leaves, values);
        Assert.Equal(1.15 * 4 / 5, values[0], 4); // far beyond chance: its own Newton step
        Assert.Equal(1.15 * 0.2, values[1], 4); // the parent's shift to its value, no difference from it
        Assert.Equal(1.15 * 0.2, values[2], 4);
    }

    [Fact]
    public void Value_Penalty_DrawsTowardsNothingNotTowardsTheParent()
    {
        var steps = Steps(5);
        var leaves = Part(steps);
        var values = new double[3];
        steps.Value(leaves, values);
        Assert.Equal(1.15 * 4 / (5 + 5), values[0], 2);
        Assert.InRange(values[1], 0, 1.15 * 3 / (15 + 5)); // no more than its parent's
    }

    [Fact]
    public void Value_NoHessian_IsTheParents()
    {
        var steps = Steps(0);
        var root = Leaf(-1, -6, 30, 100);
        steps.Add(root);
        var values = new double[2];
        steps.Value([Leaf(0, 0, 0, 50), Leaf(0, -6, 30, 50)], values);
        Assert.Equal(1.15 * 0.3, values[0], 9);
    }

    private static GradientPairs Pairs()
    {
        var pairs = new GradientPairs(100);
        pairs.Scale(100, 100);
        return pairs;
    }

    private static EvidenceSteps Steps(double l2) => new(new SplitRules(1, 0, 0, l2, 0, 10, 10, 32), Pairs(), 3, 1);

    /// <summary>A root of gradient -7 and hessian 30; its left part steps on its own, its right is parted again and its parts do as it does.</summary>
    private static List<GrowingLeaf> Part(EvidenceSteps steps)
    {
        steps.Add(Leaf(-1, -7, 30, 100));
        steps.Add(Leaf(0, -3, 22.5, 60));
        return [Leaf(0, -4, 7.5, 40), Leaf(1, -1, 7.5, 30), Leaf(1, -2, 15, 30)];
    }

    private static GrowingLeaf Leaf(int parent, double gradient, double hessian, int rows)
    {
        var pairs = Pairs();
        return new GrowingLeaf { Parent = parent, Totals = new NodeTotals((long)Math.Round(gradient / pairs.GradientUnit), ((long)Math.Round(hessian / pairs.HessianUnit) << pairs.CountBits) | (long)rows) };
    }
}
