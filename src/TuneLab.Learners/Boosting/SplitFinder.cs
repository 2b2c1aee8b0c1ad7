using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>The best split of a node by one feature, read from its histogram. Bounds and directions cost nothing where there are none.</summary>
internal sealed class SplitFinder
{
    /// <summary>Numbers of memory to work in.</summary>
    public const int ScratchLength = OccupiedBins.ScratchLength;

    private readonly SplitMeasure _measure;
    private readonly NumericSplits _numbers;
    private readonly CategorySplits _categories;

    /// <param name="rules">What a split must keep to.</param>
    /// <param name="pairs">What the sums are counted in.</param>
    /// <param name="random">Whether one random boundary per feature is tried instead of all.</param>
    public SplitFinder(SplitRules rules, GradientPairs pairs, bool random)
    {
        _measure = new SplitMeasure(rules, pairs);
        (_numbers, _categories) = (new NumericSplits(random), new CategorySplits(_measure, random));
    }

    /// <summary>A node to look for splits of.</summary>
    /// <param name="totals">Its sums.</param>
    /// <param name="bounds">Between which values its leaves must stay.</param>
    public SplitNode Node(NodeTotals totals, LeafBounds bounds) => new(_measure, totals, bounds);

    /// <summary>Looks for a split that beats <paramref name="best"/>, and puts it there.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cells">[2 x bins]: the feature's histogram.</param>
    /// <param name="bins">The feature's bins.</param>
    /// <param name="feature">Its number.</param>
    /// <param name="seed">Of this node and feature; used by random splits only.</param>
    /// <param name="scratch">[<see cref="ScratchLength"/>], any content.</param>
    /// <param name="best">The best so far; its feature is -1 when there is none.</param>
    public void Find(in SplitNode node, ReadOnlySpan<long> cells, FeatureBins bins, int feature, Seed seed, Span<long> scratch, ref Split best)
    {
        var direction = _measure.Rules.Directions is { } directions ? directions[feature] : 0;
        if (direction != 0 || !node.Bounds.AreOpen)
        {
            Find(node, cells, new BoundedGain(node, direction), bins, feature, seed, scratch, ref best);
        }
        else
        {
            Find(node, cells, new FreeGain(node), bins, feature, seed, scratch, ref best);
        }
    }

    private void Find<TGain>(in SplitNode node, ReadOnlySpan<long> cells, TGain gain, FeatureBins bins, int feature, Seed seed, Span<long> scratch, ref Split best)
        where TGain : struct, ISplitGain
    {
        if (bins is NumericBins)
        {
            _numbers.Find(node, cells, gain, feature, seed, scratch, ref best);
        }
        else
        {
            _categories.Find(node, cells, gain, bins, feature, seed, ref best);
        }
    }
}
