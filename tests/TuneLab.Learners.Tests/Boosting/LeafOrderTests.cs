using TuneLab.Learners.Boosting;
using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Tests.Boosting;

public sealed class LeafOrderTests
{
    // the root parts by feature 0; its left child by feature 1, its right one by feature 0 again
    private static readonly TreeNode[] Nodes = [new(0, 0, 1, 2, -1, 0, false), new(1, 0, ~0, ~1, -1, 0, false), new(0, 1, ~2, ~3, -1, 0, false)];

    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 1.0, 2, 3, 4 })] // in order
    [InlineData(new[] { 1.0, 4, 2, 5 }, new[] { 1.0, 3, 3, 5 })] // the root's sides overlap
    [InlineData(new[] { 1.0, 2, 6, 4 }, new[] { 1.0, 2, 5, 5 })] // the right child's do
    [InlineData(new[] { 8.0, 2, 6, 4 }, new[] { 6.0, 2, 6, 6 })] // both do
    public void Keep_RisingFeature_ClipsToTheMiddleOfTheOverlap(double[] values, double[] expected)
    {
        LeafOrder.Keep(Nodes, values, [1, 0]);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void Keep_FallingFeature_IsTheMirrorImage()
    {
        double[] values = [-1, -4, -2, -5];
        LeafOrder.Keep(Nodes, values, [-1, 0]);
        Assert.Equal([-1, -3, -3, -5], values);
    }
}
