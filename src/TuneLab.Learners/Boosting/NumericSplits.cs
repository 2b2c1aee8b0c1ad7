using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Boosting;

/// <summary>Splits of a node by a number: every boundary between occupied bins, with the rows without a value on either side, or one random boundary.</summary>
internal sealed class NumericSplits(bool random)
{
    /// <summary>Looks for a split that beats <paramref name="best"/>, and puts it there.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cells">[2 x bins]: the feature's histogram.</param>
    /// <param name="gain">The node's gains.</param>
    /// <param name="feature">The feature's number.</param>
    /// <param name="seed">Of this node and feature; used by random splits only.</param>
    /// <param name="scratch">[<see cref="OccupiedBins.ScratchLength"/>]: memory to work in.</param>
    /// <param name="best">The best so far.</param>
    public void Find<TGain>(in SplitNode node, ReadOnlySpan<long> cells, TGain gain, int feature, Seed seed, Span<long> scratch, ref Split best)
        where TGain : struct, ISplitGain
    {
        var occupied = OccupiedBins.Of(cells, (cells.Length / 2) - 1, scratch);
        var count = occupied.Count;
        if (count == 0)
        {
            return;
        }

        var missing = new NodeTotals(cells[^2], cells[^1]);
        // the last bin parts the missing rows from all others
        var (from, to) = (0, missing.Second != 0 ? count : count - 1);
        var bin = -1;
        if (random && count > 1)
        {
            bin = occupied.Bins[0] + seed.Random().NextInt(occupied.Bins[count - 1] - occupied.Bins[0]);
            from = occupied.Bins[..count].BinarySearch((byte)bin) is var at && at >= 0 ? at : ~at - 1;
            to = from + 1;
        }

        var found = Scan(node, occupied, gain, default, from, to);
        var missingLeft = false;
        if (missing.Second != 0 && Scan(node, occupied, gain, missing, from, Math.Min(to, count - 1)) is var other && other.Gain > found.Gain)
        {
            (found, missingLeft) = (other, true);
        }

        if (found.At >= 0 && best.IsBeatenBy(found.Gain, feature))
        {
            if (missing.Second == 0)
            {
                // a later row without a value follows the heavier part
                missingLeft = 2 * node.Measure.Pairs.Hessian(occupied.Second[found.At]) >= node.Measure.Pairs.Hessian(node.Totals.Second);
            }

            best = new Split { Gain = found.Gain, Feature = feature, Bin = bin >= 0 ? (byte)bin : occupied.Bins[found.At], MissingLeft = missingLeft };
        }
    }

    /// <summary>The best of the boundaries after the occupied bins from <paramref name="from"/> to before <paramref name="to"/>, the first of equal ones.</summary>
    /// <param name="node">The node.</param>
    /// <param name="occupied">The bins.</param>
    /// <param name="gain">The node's gains.</param>
    /// <param name="extra">What is on the left besides the bins.</param>
    /// <param name="from">An index of an occupied bin.</param>
    /// <param name="to">The same.</param>
    private static (double Gain, int At) Scan<TGain>(in SplitNode node, in OccupiedBins occupied, TGain gain, NodeTotals extra, int from, int to)
        where TGain : struct, ISplitGain
    {
        // the left part only grows, the right part only shrinks
        while (from < to && !node.Allows(Left(occupied, extra, from)))
        {
            from++;
        }

        while (from < to && !node.Allows(node.Totals.Without(Left(occupied, extra, to - 1))))
        {
            to--;
        }

        // from the floor and not from the best so far: which features were looked at before depends on the number of threads
        var best = (Gain: gain.Floor, At: -1);
        if (typeof(TGain) == typeof(FreeGain))
        {
            return ScanFree(node, occupied, extra, from, to);
        }

        for (var at = from; at < to; at++)
        {
            if (gain.Of(node, Left(occupied, extra, at), 0) is var found && found > best.Gain)
            {
                best = (found, at);
            }
        }

        return best;
    }

    /// <summary>The same where values are free, four boundaries at a time; each one's gain is that of <see cref="FreeGain"/> up to rounding, whatever the width of vectors.</summary>
    private static (double Gain, int At) ScanFree(in SplitNode node, in OccupiedBins occupied, NodeTotals extra, int from, int to)
    {
        if (from >= to)
        {
            return (node.Floor, -1);
        }

        ref var first = ref MemoryMarshal.GetReference(occupied.First);
        ref var second = ref MemoryMarshal.GetReference(occupied.Second);
        var (rules, pairs) = (node.Measure.Rules, node.Measure.Pairs);
        var (gradientUnit, hessianUnit, bits) = (Vector256.Create(pairs.GradientUnit), Vector256.Create(pairs.HessianUnit), pairs.CountBits);
        var (allGradient, allHessian) = (Vector256.Create(pairs.Gradient(node.Totals.First)), Vector256.Create(pairs.Hessian(node.Totals.Second)));
        var (l1, l2) = (Vector256.Create(rules.L1), Vector256.Create(rules.L2));
        var (extraFirst, extraSecond) = (Vector256.Create(extra.First), Vector256.Create(extra.Second));
        var bestScore = Vector256.Create(node.Floor + node.Score);
        var bestAt = Vector256.Create(-1.0);
        var at = Vector256.Create(0.0, 1, 2, 3) + Vector256.Create((double)from);
        var end = Vector256.Create((double)to);
        for (var i = from; i < to; i += Vector256<double>.Count)
        {
            var leftGradient = Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref first, (nuint)i) + extraFirst) * gradientUnit;
            var leftHessian = Vector256.ConvertToDouble(Vector256.ShiftRightLogical(Vector256.LoadUnsafe(ref second, (nuint)i) + extraSecond, bits)) * hessianUnit;
            var rightGradient = allGradient - leftGradient;
            var (a, b) = (leftHessian + l2, allHessian - leftHessian + l2);
            if (rules.L1 > 0)
            {
                // only squares follow: the sign does not matter
                leftGradient = Vector256.Max(Vector256.Abs(leftGradient) - l1, Vector256<double>.Zero);
                rightGradient = Vector256.Max(Vector256.Abs(rightGradient) - l1, Vector256<double>.Zero);
            }

            // the sum of the two scores over one common denominator
            var score = (leftGradient * leftGradient * b + rightGradient * rightGradient * a) / (a * b);
            var better = Vector256.GreaterThan(score, bestScore) & Vector256.LessThan(at, end);
            bestScore = Vector256.ConditionalSelect(better, score, bestScore);
            bestAt = Vector256.ConditionalSelect(better, at, bestAt);
            at += Vector256.Create(4.0);
        }

        if (Vector256.EqualsAll(bestAt, Vector256.Create(-1.0)))
        {
            return (node.Floor, -1);
        }

        var best = (Score: 0.0, At: -1.0);
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
        {
            var (score, place) = (bestScore[lane], bestAt[lane]);
            if (place >= 0 && (best.At < 0 || score > best.Score || (score == best.Score && place < best.At)))
            {
                best = (score, place);
            }
        }

        return (best.Score - node.Score, (int)best.At);
    }

    private static NodeTotals Left(in OccupiedBins occupied, NodeTotals extra, int at) => new(occupied.First[at] + extra.First, occupied.Second[at] + extra.Second);
}
