using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// The best split of a node by one feature, read from its histogram. Numbers: every boundary between occupied bins, with the rows without a value on
/// either side. Categories: <see cref="CategorySplits"/>. Bounds and directions cost nothing where there are none.
/// </summary>
internal sealed class SplitFinder
{
    private readonly SplitMeasure _measure;
    private readonly CategorySplits _categories;
    private readonly bool _random;

    /// <param name="rules">What a split must keep to.</param>
    /// <param name="pairs">What the sums are counted in.</param>
    /// <param name="random">Whether one random boundary per feature is tried instead of all.</param>
    public SplitFinder(SplitRules rules, GradientPairs pairs, bool random)
    {
        (_measure, _random) = (new SplitMeasure(rules, pairs), random);
        _categories = new CategorySplits(_measure, random);
    }

    /// <summary>Looks for a split that gains more than <paramref name="best"/>, and puts it there.</summary>
    /// <param name="cells">[2 x bins]: the feature's histogram.</param>
    /// <param name="totals">The node's sums.</param>
    /// <param name="bounds">Between which values its leaves must stay.</param>
    /// <param name="bins">The feature's bins.</param>
    /// <param name="feature">Its number.</param>
    /// <param name="seed">Of this node and feature; used by random splits only.</param>
    /// <param name="best">The best so far.</param>
    public void Find(ReadOnlySpan<long> cells, NodeTotals totals, LeafBounds bounds, FeatureBins bins, int feature, Seed seed, ref Split best)
    {
        var direction = _measure.Rules.Directions is { } directions ? directions[feature] : 0;
        if (direction != 0 || !bounds.AreOpen)
        {
            Find(cells, totals, new BoundedGain(_measure, totals, bounds, direction), bins, feature, seed, ref best);
        }
        else
        {
            Find(cells, totals, new FreeGain(_measure, totals), bins, feature, seed, ref best);
        }
    }

    /// <summary>What a node must gain at least: more than asked for, and more than rounding can feign.</summary>
    public double Floor(NodeTotals totals) => new FreeGain(_measure, totals).Floor;

    private void Find<TGain>(ReadOnlySpan<long> cells, NodeTotals totals, TGain gain, FeatureBins bins, int feature, Seed seed, ref Split best)
        where TGain : struct, ISplitGain
    {
        if (bins is NumericBins)
        {
            FindNumeric(cells, totals, gain, bins.ValueBins, feature, seed, ref best);
        }
        else
        {
            _categories.Find(cells, totals, gain, bins, feature, seed, ref best);
        }
    }

    private void FindNumeric<TGain>(ReadOnlySpan<long> cells, NodeTotals totals, TGain gain, int valueBins, int feature, Seed seed, ref Split best)
        where TGain : struct, ISplitGain
    {
        var missing = new NodeTotals(cells[2 * valueBins], cells[2 * valueBins + 1]);
        var (first, last) = (0, valueBins - 1);
        while (first <= last && cells[2 * first + 1] == 0)
        {
            first++;
        }

        while (last > first && cells[2 * last + 1] == 0)
        {
            last--;
        }

        if (first > last)
        {
            return;
        }

        if (_random && last > first)
        {
            first += seed.Random().NextInt(last - first);
            Scan(cells, totals, gain, default, 0, first, first, feature, ref best);
            if (missing.Second != 0)
            {
                Scan(cells, totals, gain, missing, 0, first, first, feature, ref best);
            }

            return;
        }

        // the last bin parts the missing rows from all others
        Scan(cells, totals, gain, default, first, first, missing.Second != 0 ? last : last - 1, feature, ref best);
        if (missing.Second != 0)
        {
            Scan(cells, totals, gain, missing, first, first, last - 1, feature, ref best);
        }
    }

    /// <summary>Tries the boundaries after the bins from <paramref name="from"/> to <paramref name="to"/>, with sums that begin at bin <paramref name="begin"/>.</summary>
    private void Scan<TGain>(ReadOnlySpan<long> cells, NodeTotals totals, TGain gain, NodeTotals left, int begin, int from, int to, int feature, ref Split best)
        where TGain : struct, ISplitGain
    {
        if (typeof(TGain) == typeof(FreeGain))
        {
            ScanFree(cells, totals, left, begin, from, to, feature, ref best);
            return;
        }

        // the floor and not the best so far: which features were looked at before depends on the number of threads
        var (bestGain, bestBin, leftIsHeavier) = (gain.Floor, -1, false);
        var sums = left;
        for (var bin = begin; bin <= to; bin++)
        {
            if (cells[2 * bin + 1] == 0 && bin != from)
            {
                continue; // the same parts as one bin before
            }

            sums = new NodeTotals(sums.First + cells[2 * bin], sums.Second + cells[2 * bin + 1]);
            if (bin >= from && gain.Of(sums, 0) is var found && found > bestGain)
            {
                (bestGain, bestBin, leftIsHeavier) = (found, bin, 2 * _measure.Pairs.Hessian(sums.Second) >= _measure.Pairs.Hessian(totals.Second));
            }
        }

        Take(cells, left, bestGain, bestBin, leftIsHeavier, feature, ref best);
    }

    private void ScanFree(ReadOnlySpan<long> cells, NodeTotals totals, NodeTotals left, int begin, int from, int to, int feature, ref Split best)
    {
        // everything the loop needs in locals: this is where boosting on small tables spends its time
        var (rules, pairs) = (_measure.Rules, _measure.Pairs);
        var (mask, bits, gradientUnit, hessianUnit) = (pairs.CountMask, pairs.CountBits, pairs.GradientUnit, pairs.HessianUnit);
        var (l1, l2, minUnits, minHessian) = (rules.L1, rules.L2, _measure.MinUnits, _measure.MinHessian);
        var (allUnits, allGradient, allHessian) = (pairs.Units(totals.Second), pairs.Gradient(totals.First), pairs.Hessian(totals.Second));
        var nodeScore = rules.Score(allGradient, allHessian);
        // not from the best so far: which features were looked at before depends on the number of threads, and may not decide between two that are equal but for rounding
        var bestScore = Math.Max(rules.MinGain, 1e-13 * nodeScore) + nodeScore;
        var bestBin = -1;
        var leftIsHeavier = false;
        var (first, second) = (left.First, left.Second);
        for (var bin = begin; bin <= to; bin++)
        {
            var cell = cells[2 * bin + 1];
            if (cell == 0 && bin != from)
            {
                continue; // the same parts as one bin before
            }

            first += cells[2 * bin];
            second += cell;
            var units = second & mask;
            var leftHessian = (second >> bits) * hessianUnit;
            if (bin < from || units < minUnits || leftHessian < minHessian)
            {
                continue;
            }

            var rightHessian = allHessian - leftHessian;
            if (allUnits - units < minUnits || rightHessian < minHessian)
            {
                break; // the right part only gets smaller
            }

            var leftGradient = first * gradientUnit;
            var rightGradient = allGradient - leftGradient;
            if (l1 > 0)
            {
                (leftGradient, rightGradient) = (rules.Shrink(leftGradient), rules.Shrink(rightGradient));
            }

            // the sum of the two scores over one common denominator, compared without a division
            var (a, b) = (leftHessian + l2, rightHessian + l2);
            var sum = leftGradient * leftGradient * b + rightGradient * rightGradient * a;
            if (sum > bestScore * (a * b))
            {
                (bestScore, bestBin, leftIsHeavier) = (sum / (a * b), bin, leftHessian >= rightHessian);
            }
        }

        Take(cells, left, bestScore - nodeScore, bestBin, leftIsHeavier, feature, ref best);
    }

    private static void Take(ReadOnlySpan<long> cells, NodeTotals left, double gain, int bin, bool leftIsHeavier, int feature, ref Split best)
    {
        if (bin >= 0 && gain > best.Gain)
        {
            // where no row of the node lacks a value, a later one follows the heavier part
            best = new Split { Gain = gain, Feature = feature, Bin = (byte)bin, MissingLeft = cells[^1] != 0 ? left.Second != 0 : leftIsHeavier };
        }
    }
}
