using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// The best split of a node by one feature, read from its histogram. Numbers: every boundary between occupied bins, with the rows without a value on
/// either side. Categories: one against the rest when there are few, else an interval of the categories ordered by gradient over hessian, which holds the best
/// partition into two (Fisher 1958; Ke et al. 2017, section 4).
/// </summary>
internal sealed class SplitFinder(SplitRules rules, GradientPairs pairs, bool random)
{
    /// <summary>Up to so many categories each is tried alone.</summary>
    private const int OneAgainstRest = 4;

    /// <summary>Looks for a split that gains more than <paramref name="best"/>, and puts it there.</summary>
    /// <param name="cells">[2 x bins]: the feature's histogram.</param>
    /// <param name="totals">The node's sums.</param>
    /// <param name="bins">The feature's bins.</param>
    /// <param name="feature">Its number.</param>
    /// <param name="seed">Of this node and feature; used by random splits only.</param>
    /// <param name="best">The best so far.</param>
    public void Find(ReadOnlySpan<long> cells, NodeTotals totals, FeatureBins bins, int feature, Seed seed, ref Split best)
    {
        if (bins is NumericBins)
        {
            FindNumeric(cells, totals, bins.ValueBins, feature, seed, ref best);
        }
        else
        {
            FindCategorical(cells, totals, bins, feature, seed, ref best);
        }
    }

    /// <summary>What a node must gain at least: more than asked for, and more than rounding can feign.</summary>
    public double Floor(NodeTotals totals)
        => Math.Max(rules.MinGain, 1e-13 * rules.Score(pairs.Gradient(totals.First), Math.Max(pairs.Hessian(totals.Second), double.Epsilon)));

    private void FindNumeric(ReadOnlySpan<long> cells, NodeTotals totals, int valueBins, int feature, Seed seed, ref Split best)
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

        if (random && last > first)
        {
            first += seed.Random().NextInt(last - first);
            ScanNumeric(cells, totals, default, 0, first, first, feature, ref best);
            if (missing.Second != 0)
            {
                ScanNumeric(cells, totals, missing, 0, first, first, feature, ref best);
            }

            return;
        }

        // the last bin parts the missing rows from all others
        ScanNumeric(cells, totals, default, first, first, missing.Second != 0 ? last : last - 1, feature, ref best);
        if (missing.Second != 0)
        {
            ScanNumeric(cells, totals, missing, first, first, last - 1, feature, ref best);
        }
    }

    /// <summary>Tries the boundaries after the bins from <paramref name="from"/> to <paramref name="to"/>, with sums that begin at bin <paramref name="begin"/>.</summary>
    private void ScanNumeric(ReadOnlySpan<long> cells, NodeTotals totals, NodeTotals left, int begin, int from, int to, int feature, ref Split best)
    {
        // everything the loop needs in locals: this is where boosting on small tables spends its time
        var (mask, bits, gradientUnit, hessianUnit) = (pairs.CountMask, pairs.CountBits, pairs.GradientUnit, pairs.HessianUnit);
        var (l1, l2, minRows, minHessian) = (rules.L1, rules.L2, pairs.UnitsOf(rules.MinWeight), Math.Max(rules.MinHessian, hessianUnit / 2));
        var (allRows, allGradient, allHessian) = (pairs.Units(totals.Second), pairs.Gradient(totals.First), pairs.Hessian(totals.Second));
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
            var rows = second & mask;
            var leftHessian = (second >> bits) * hessianUnit;
            if (bin < from || rows < minRows || leftHessian < minHessian)
            {
                continue;
            }

            var rightHessian = allHessian - leftHessian;
            if (allRows - rows < minRows || rightHessian < minHessian)
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

        if (bestBin >= 0 && bestScore - nodeScore > best.Gain)
        {
            // where no row of the node lacks a value, a later one follows the heavier part
            best = new Split { Gain = bestScore - nodeScore, Feature = feature, Bin = (byte)bestBin, MissingLeft = cells[^1] != 0 ? left.Second != 0 : leftIsHeavier };
        }
    }

    private void FindCategorical(ReadOnlySpan<long> cells, NodeTotals totals, FeatureBins bins, int feature, Seed seed, ref Split best)
    {
        Span<byte> ordered = stackalloc byte[256];
        Span<double> keys = stackalloc double[256];
        var (occupied, count) = (0, 0);
        for (var bin = 0; bin < bins.Count; bin++)
        {
            occupied += cells[2 * bin + 1] != 0 ? 1 : 0;
        }

        var single = occupied <= OneAgainstRest;
        for (var bin = 0; bin < bins.Count; bin++)
        {
            var second = cells[2 * bin + 1];
            if (second != 0 && (single || pairs.Units(second) >= pairs.UnitsOf(rules.CatSmooth)))
            {
                keys[count] = pairs.Gradient(cells[2 * bin]) / (pairs.Hessian(second) + rules.CatSmooth + 1e-12);
                ordered[count++] = (byte)bin;
            }
        }

        if (occupied < 2 || count == 0)
        {
            return;
        }

        var before = best.Gain;
        var chosen = (From: 0, Length: 0);
        if (single)
        {
            var only = random ? seed.Random().NextInt(count) : -1;
            for (var i = 0; i < count; i++)
            {
                if (only < 0 || i == only)
                {
                    Try(cells, totals, ordered.Slice(i, 1), i, 0, ref best.Gain, ref chosen);
                }
            }
        }
        else
        {
            keys[..count].Sort(ordered[..count]);
            var longest = Math.Min(rules.MaxCatGroups, (count + 1) / 2);
            var only = random ? 1 + seed.Random().NextInt(longest) : 0;
            TryGrowing(cells, totals, ordered[..count], longest, only, false, ref best.Gain, ref chosen);
            TryGrowing(cells, totals, ordered[..count], longest, only, true, ref best.Gain, ref chosen);
        }

        if (best.Gain > before)
        {
            best = new Split { Gain = best.Gain, Feature = feature, Categorical = true };
            long left = 0;
            foreach (var bin in ordered.Slice(chosen.From, chosen.Length))
            {
                best.Left.Add(bin);
                left += cells[2 * bin + 1];
            }

            best.MissingLeft = cells[^1] != 0 ? best.Left.Contains((byte)bins.MissingBin) : pairs.Hessian(left) >= pairs.Hessian(totals.Second - left);
        }
    }

    /// <summary>Tries the first so many categories on the left, one more at a time, from one end of their order.</summary>
    private void TryGrowing(ReadOnlySpan<long> cells, NodeTotals totals, ReadOnlySpan<byte> ordered, int longest, int only, bool fromEnd, ref double bestGain, ref (int From, int Length) chosen)
    {
        long first = 0, second = 0;
        for (var length = 1; length <= longest; length++)
        {
            var bin = ordered[fromEnd ? ordered.Length - length : length - 1];
            first += cells[2 * bin];
            second += cells[2 * bin + 1];
            if (only == 0 || length == only)
            {
                Judge(totals, new(first, second), fromEnd ? ordered.Length - length : 0, length, rules.CatL2, ref bestGain, ref chosen);
            }
        }
    }

    private void Try(ReadOnlySpan<long> cells, NodeTotals totals, ReadOnlySpan<byte> bins, int from, double extraL2, ref double bestGain, ref (int From, int Length) chosen)
        => Judge(totals, new(cells[2 * bins[0]], cells[2 * bins[0] + 1]), from, 1, extraL2, ref bestGain, ref chosen);

    private void Judge(NodeTotals totals, NodeTotals left, int from, int length, double extraL2, ref double bestGain, ref (int From, int Length) chosen)
    {
        if (pairs.Units(left.Second) >= pairs.UnitsOf(rules.MinWeight) && pairs.Units(totals.Second - left.Second) >= pairs.UnitsOf(rules.MinWeight) && Gain(totals, left, extraL2) is var gain && gain > bestGain)
        {
            (bestGain, chosen) = (gain, (from, length));
        }
    }

    /// <summary>What the split gains, or minus infinity where a part is too light.</summary>
    private double Gain(NodeTotals totals, NodeTotals left, double extraL2)
    {
        var (leftHessian, rightHessian) = (pairs.Hessian(left.Second), pairs.Hessian(totals.Second - left.Second));
        if (leftHessian < rules.MinHessian || rightHessian < rules.MinHessian || leftHessian <= 0 || rightHessian <= 0)
        {
            return double.NegativeInfinity;
        }

        return rules.Score(pairs.Gradient(left.First), leftHessian, extraL2) + rules.Score(pairs.Gradient(totals.First - left.First), rightHessian, extraL2)
            - rules.Score(pairs.Gradient(totals.First), leftHessian + rightHessian);
    }
}
