using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Sums for a numeric label, by the decrease of variance, and for two classes, by that of Gini impurity (which is the same up to a factor) or entropy.
/// </summary>
internal struct MomentCells : ISplitCells
{
    private readonly double[] _rows; // [2 x rows]: weight times label, weight
    private readonly double[] _cells = new double[2 * 256];
    private readonly int[] _counts = new int[256];
    private readonly bool _entropy;
    private readonly double _offset;
    private double _sum, _weight, _leftSum, _leftWeight, _mean, _nodeScore;

    /// <param name="rows">[2 x rows]: weight times (label - offset), weight; filled anew for each tree.</param>
    /// <param name="offset">Taken off the labels, so that sums of nearly equal large numbers keep their digits.</param>
    /// <param name="entropy">Whether impurity is entropy; the label is then 0 or 1 and the offset 0.</param>
    public MomentCells(double[] rows, double offset, bool entropy) => (_rows, _offset, _entropy) = (rows, offset, entropy);

    public int LeftRows { get; private set; }

    public readonly double Noise => _entropy ? 1e-12 * _weight : 1e-24 * _sum * _sum / _weight;

    public readonly bool LeftIsHeavier => 2 * _leftWeight >= _weight;

    public bool Begin(ReadOnlySpan<int> rows)
    {
        (_sum, _weight) = (0, 0);
        var first = _rows[2 * rows[0]] / _rows[2 * rows[0] + 1];
        var differ = false;
        foreach (var row in rows)
        {
            var (sum, weight) = (_rows[2 * row], _rows[2 * row + 1]);
            _sum += sum;
            _weight += weight;
            differ |= sum / weight != first;
        }

        (_mean, _nodeScore) = (_sum / _weight, _entropy ? Score(_sum, _weight) : 0);
        return differ;
    }

    public readonly void Leaf(Span<double> values) => values[0] = _offset + _sum / _weight;

    public readonly void Add(byte[] column, ReadOnlySpan<int> rows)
    {
        ref var cell = ref MemoryMarshal.GetArrayDataReference(_cells);
        ref var value = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var bins = ref MemoryMarshal.GetArrayDataReference(column);
        ref var count = ref MemoryMarshal.GetArrayDataReference(_counts);
        foreach (var row in rows)
        {
            int bin = Unsafe.Add(ref bins, row);
            ref var own = ref Unsafe.Add(ref cell, 2 * bin);
            (Vector128.LoadUnsafe(ref own) + Vector128.LoadUnsafe(ref value, (nuint)row * 2)).StoreUnsafe(ref own);
            Unsafe.Add(ref count, bin)++;
        }
    }

    public readonly void Clear(ReadOnlySpan<byte> bins)
    {
        foreach (var bin in bins)
        {
            (_cells[2 * bin], _cells[2 * bin + 1], _counts[bin]) = (0, 0, 0);
        }
    }

    public readonly int Rows(byte bin) => _counts[bin];

    public readonly double Key(byte bin) => _cells[2 * bin] / _cells[2 * bin + 1];

    public void ClearLeft() => (_leftSum, _leftWeight, LeftRows) = (0, 0, 0);

    public void MoveLeft(byte bin)
    {
        _leftSum += _cells[2 * bin];
        _leftWeight += _cells[2 * bin + 1];
        LeftRows += _counts[bin];
    }

    public readonly double Gain()
    {
        var rightWeight = _weight - _leftWeight;
        if (!(_leftWeight > 0 && rightWeight > 0))
        {
            return 0;
        }

        if (_entropy)
        {
            return Score(_leftSum, _leftWeight) + Score(_sum - _leftSum, rightWeight) - _nodeScore;
        }

        // the between-part sum of squares, from deviations: no difference of two large squares
        var deviation = _leftSum - _mean * _leftWeight;
        return deviation * deviation * (_weight / (_leftWeight * rightWeight));
    }

    /// <summary>Minus the entropy times the weight.</summary>
    private static double Score(double sum, double weight)
    {
        var share = Math.Clamp(sum / weight, 0, 1);
        return weight * (Term(share) + Term(1 - share));

        static double Term(double p) => p > 0 ? p * Math.Log(p) : 0;
    }
}
