using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Sums for a numeric label, by the decrease of variance, and for two classes whose weights are not whole, by that of Gini impurity (which is the same up to a factor)
/// or entropy. A row is (weight times label, weight, units, 0).
/// </summary>
internal struct MomentSums : INodeSums
{
    private readonly TrainingData _data;
    private readonly bool _entropy;
    private readonly double _offset;
    private readonly Vector256<double>[] _rows; // [rows]
    private readonly Vector256<double>[] _node; // [rows of the node]
    private readonly Vector256<double>[] _cells = new Vector256<double>[256];
    private double _sum, _weight, _mean, _nodeScore;

    /// <param name="data">The training rows.</param>
    /// <param name="offset">Taken off the labels, so that sums of nearly equal large numbers keep their digits.</param>
    /// <param name="entropy">Whether impurity is entropy; the label is then 0 or 1 and the offset 0.</param>
    public MomentSums(TrainingData data, double offset, bool entropy)
        => (_data, _offset, _entropy, _rows, _node) = (data, offset, entropy, new Vector256<double>[data.Rows.Length], new Vector256<double>[data.Rows.Length]);

    public double Units { get; private set; }

    public readonly void Take(DrawnRows drawn)
    {
        foreach (var row in drawn.Rows)
        {
            var weight = (_data.LossWeights?[row] ?? 1) * drawn.Times(row);
            _rows[row] = Vector256.Create(weight * (_data.Target[row] - _offset), weight, _data.Units(row), 0);
        }
    }

    public bool Begin(ReadOnlySpan<int> rows)
    {
        var total = Vector256<double>.Zero;
        var first = _data.Target[rows[0]];
        var differ = false;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = _rows[rows[i]];
            _node[i] = row;
            total += row;
            differ |= _data.Target[rows[i]] != first;
        }

        (_sum, _weight, Units) = (total[0], total[1], total[2]);
        (_mean, _nodeScore) = (_sum / _weight, _entropy ? Score(_sum, _weight) : 0);
        return differ;
    }

    public readonly void Leaf(Span<double> values) => values[0] = _offset + _sum / _weight;

    public readonly void Add(ReadOnlySpan<byte> bins)
    {
        ref var cells = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref var node = ref MemoryMarshal.GetArrayDataReference(_node);
        for (var i = 0; i < bins.Length; i++)
        {
            Unsafe.Add(ref cells, bins[i]) += Unsafe.Add(ref node, i);
        }
    }

    public readonly void Clear(ReadOnlySpan<byte> bins)
    {
        foreach (var bin in bins)
        {
            _cells[bin] = Vector256<double>.Zero;
        }
    }

    public readonly bool IsEmpty(byte bin) => _cells[bin][1] == 0;

    public readonly double Key(byte bin) => _cells[bin][0] / _cells[bin][1];

    public readonly (int Place, bool LeftIsHeavier) Scan(ReadOnlySpan<byte> order, int moved, int from, int end, double minUnits, ref double best)
    {
        var left = moved >= 0 ? _cells[moved] : Vector256<double>.Zero;
        var (place, leftIsHeavier) = (-1, false);
        for (var i = 0; i < end; i++)
        {
            left += _cells[order[i]];
            if (i >= from && Improves(left, minUnits, ref best))
            {
                (place, leftIsHeavier) = (i, 2 * left[1] >= _weight);
            }
        }

        return (place, leftIsHeavier);
    }

    public readonly (bool IsBetter, bool LeftIsHeavier) Part(ReadOnlySpan<byte> bins, int last, int also, double minUnits, ref double best)
    {
        var left = Vector256<double>.Zero;
        ref var node = ref MemoryMarshal.GetArrayDataReference(_node);
        for (var i = 0; i < bins.Length; i++)
        {
            // all bits or none: no branch to mispredict
            var isLeft = Vector256.Create(-((bins[i] <= last ? 1L : 0L) | (bins[i] == also ? 1L : 0L)));
            left += Unsafe.Add(ref node, i) & isLeft.AsDouble();
        }

        return (Improves(left, minUnits, ref best), 2 * left[1] >= _weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool Improves(Vector256<double> left, double minUnits, ref double best)
    {
        var (sum, weight, rightWeight) = (left[0], left[1], _weight - left[1]);
        if (left[2] < minUnits || Units - left[2] < minUnits || !(rightWeight > 0))
        {
            return false;
        }

        // the between-part sum of squares, from deviations: no difference of two large squares
        var deviation = sum - _mean * weight;
        var gain = _entropy ? Score(sum, weight) + Score(_sum - sum, rightWeight) - _nodeScore : deviation * deviation * (_weight / (weight * rightWeight));
        if (!(gain > best))
        {
            return false;
        }

        best = gain;
        return true;
    }

    /// <summary>Minus the entropy times the weight.</summary>
    private static double Score(double sum, double weight)
    {
        var share = Math.Clamp(sum / weight, 0, 1);
        return weight * (EntropyTerm.Of(share) + EntropyTerm.Of(1 - share));
    }
}
