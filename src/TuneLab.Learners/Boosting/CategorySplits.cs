using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Splits of a node by a categorical feature: one category against the rest when there are few, else an interval of the categories ordered by gradient over hessian,
/// which holds the best partition into two (Fisher 1958; Ke et al. 2017, section 4).
/// </summary>
internal sealed class CategorySplits(SplitMeasure measure, bool random)
{
    /// <summary>Up to so many categories each is tried alone.</summary>
    private const int OneAgainstRest = 4;

    private readonly SplitRules _rules = measure.Rules;
    private readonly GradientPairs _pairs = measure.Pairs;

    /// <summary>Looks for a split that beats <paramref name="best"/>, and puts it there.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cells">[2 x bins]: the feature's histogram.</param>
    /// <param name="gain">The node's gains.</param>
    /// <param name="bins">The feature's bins.</param>
    /// <param name="feature">Its number.</param>
    /// <param name="seed">Of this node and feature; used by random splits only.</param>
    /// <param name="best">The best so far.</param>
    public void Find<TGain>(in SplitNode node, ReadOnlySpan<long> cells, TGain gain, FeatureBins bins, int feature, Seed seed, ref Split best)
        where TGain : struct, ISplitGain
    {
        Span<byte> ordered = stackalloc byte[256];
        Span<double> keys = stackalloc double[256];
        var (occupied, count) = (0, 0);
        for (var bin = 0; bin < bins.Count; bin++)
        {
            occupied += cells[2 * bin + 1] != 0 ? 1 : 0;
        }

        var single = occupied <= OneAgainstRest;
        var least = _pairs.UnitsOf(_rules.CatSmooth);
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var second = cells[2 * bin + 1];
            if (second != 0 && (single || _pairs.Units(second) >= least))
            {
                keys[count] = _pairs.Gradient(cells[2 * bin]) / (_pairs.Hessian(second) + _rules.CatSmooth + 1e-12);
                ordered[count++] = (byte)bin;
            }
        }

        if (occupied < 2 || count == 0)
        {
            return;
        }

        var chosen = new Interval { Gain = gain.Floor };
        if (single)
        {
            var only = random ? seed.Random().NextInt(count) : -1;
            for (var i = 0; i < count; i++)
            {
                if (only < 0 || i == only)
                {
                    chosen.Take(gain.Of(node, new(cells[2 * ordered[i]], cells[2 * ordered[i] + 1]), 0), i, 1);
                }
            }
        }
        else
        {
            keys[..count].Sort(ordered[..count]);
            var longest = Math.Min(_rules.MaxCatGroups, (count + 1) / 2);
            var only = random ? 1 + seed.Random().NextInt(longest) : 0;
            TryGrowing(node, cells, gain, ordered[..count], longest, only, false, ref chosen);
            TryGrowing(node, cells, gain, ordered[..count], longest, only, true, ref chosen);
        }

        if (chosen.Length > 0 && best.IsBeatenBy(chosen.Gain, feature))
        {
            best = new Split { Gain = chosen.Gain, Feature = feature, Categorical = true, ExtraL2 = single ? 0 : _rules.CatL2 };
            long left = 0;
            foreach (var bin in ordered.Slice(chosen.From, chosen.Length))
            {
                best.Left.Add(bin);
                left += cells[2 * bin + 1];
            }

            best.MissingLeft = cells[^1] != 0 ? best.Left.Contains((byte)bins.MissingBin) : _pairs.Hessian(left) >= _pairs.Hessian(node.Totals.Second - left);
        }
    }

    /// <summary>Tries the first so many categories on the left, one more at a time, from one end of their order.</summary>
    private void TryGrowing<TGain>(in SplitNode node, ReadOnlySpan<long> cells, TGain gain, ReadOnlySpan<byte> ordered, int longest, int only, bool fromEnd, ref Interval chosen)
        where TGain : struct, ISplitGain
    {
        long first = 0, second = 0;
        for (var length = 1; length <= longest; length++)
        {
            var bin = ordered[fromEnd ? ordered.Length - length : length - 1];
            first += cells[2 * bin];
            second += cells[2 * bin + 1];
            if (only == 0 || length == only)
            {
                chosen.Take(gain.Of(node, new(first, second), _rules.CatL2), fromEnd ? ordered.Length - length : 0, length);
            }
        }
    }

    /// <summary>The best categories so far: a range of their order.</summary>
    private struct Interval
    {
        public double Gain;
        public int From;
        public int Length;

        public void Take(double gain, int from, int length)
        {
            if (gain > Gain)
            {
                (Gain, From, Length) = (gain, from, length);
            }
        }
    }
}
