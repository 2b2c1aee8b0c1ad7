using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Sums for three or more classes, by the decrease of Gini impurity or entropy. A cell is the weight of each class, four to a vector, then a vector of the weight of
/// all and the units.
/// </summary>
internal struct ClassSums : INodeSums
{
    private readonly TrainingData _data;
    private readonly int _classes;
    private readonly int _vectors; // for the classes
    private readonly int _stride; // doubles per cell
    private readonly bool _entropy;
    private readonly int[] _label;
    private readonly Vector128<double>[] _rows; // [rows]: weight, units
    private readonly Vector128<double>[] _node; // [rows of the node]
    private readonly int[] _nodeLabel;
    private readonly double[] _cells;
    private readonly double[] _total; // a cell
    private readonly double[] _left; // a cell
    private double _nodeSquares, _nodeScore;
    private int _heaviest;

    /// <param name="data">The training rows.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="entropy">Whether impurity is entropy.</param>
    public ClassSums(TrainingData data, int classes, bool entropy)
    {
        (_data, _classes, _entropy, _label) = (data, classes, entropy, Array.ConvertAll(data.Target, t => (int)t));
        _vectors = (classes + 3) / 4;
        _stride = 4 * (_vectors + 1);
        (_rows, _node, _nodeLabel) = (new Vector128<double>[data.Rows.Length], new Vector128<double>[data.Rows.Length], new int[data.Rows.Length]);
        (_cells, _total, _left) = (new double[256 * _stride], new double[_stride], new double[_stride]);
    }

    public readonly double Units => _total[4 * _vectors + 1];

    private readonly double Weight => _total[4 * _vectors];

    public readonly void Take(DrawnRows drawn)
    {
        foreach (var row in drawn.Rows)
        {
            _rows[row] = Vector128.Create((_data.LossWeights?[row] ?? 1) * drawn.Times(row), _data.Units(row));
        }
    }

    public bool Begin(ReadOnlySpan<int> rows)
    {
        Array.Clear(_total);
        for (var i = 0; i < rows.Length; i++)
        {
            (_node[i], _nodeLabel[i]) = (_rows[rows[i]], _label[rows[i]]);
            AddRow(_total, 0, i);
        }

        var present = 0;
        (_heaviest, _nodeSquares, _nodeScore) = (0, 0, -EntropyTerm.Of(Weight));
        for (var k = 0; k < _classes; k++)
        {
            present += _total[k] > 0 ? 1 : 0;
            _heaviest = _total[k] > _total[_heaviest] ? k : _heaviest;
            _nodeSquares += _total[k] * _total[k];
            _nodeScore += _entropy ? EntropyTerm.Of(_total[k]) : 0;
        }

        _nodeScore = _entropy ? _nodeScore : _nodeSquares / Weight;
        return present > 1;
    }

    public readonly void Leaf(Span<double> values)
    {
        for (var k = 0; k < _classes; k++)
        {
            values[k] = _total[k] / Weight;
        }
    }

    public readonly void Add(ReadOnlySpan<byte> bins)
    {
        for (var i = 0; i < bins.Length; i++)
        {
            AddRow(_cells, bins[i] * _stride, i);
        }
    }

    public readonly void Clear(ReadOnlySpan<byte> bins)
    {
        foreach (var bin in bins)
        {
            _cells.AsSpan(bin * _stride, _stride).Clear();
        }
    }

    public readonly bool IsEmpty(byte bin) => _cells[bin * _stride + 4 * _vectors] == 0;

    /// <summary>The share of the node's heaviest class: exact for two classes (Breiman et al. 1984), a heuristic for more.</summary>
    public readonly double Key(byte bin) => _cells[bin * _stride + _heaviest] / _cells[bin * _stride + 4 * _vectors];

    public readonly (int Place, bool LeftIsHeavier) Scan(ReadOnlySpan<byte> order, int moved, int from, int end, double minUnits, ref double best)
    {
        var (place, leftIsHeavier) = (-1, false);
        Array.Clear(_left);
        (double, double) score = _entropy ? (0, _nodeScore + EntropyTerm.Of(Weight)) : (0, _nodeSquares);
        if (moved >= 0)
        {
            score = Move(moved, score);
        }

        for (var i = 0; i < end; i++)
        {
            score = Move(order[i], score);
            if (i >= from && Improves(score, minUnits, ref best))
            {
                (place, leftIsHeavier) = (i, 2 * _left[4 * _vectors] >= Weight);
            }
        }

        return (place, leftIsHeavier);
    }

    public readonly (bool IsBetter, bool LeftIsHeavier) Part(ReadOnlySpan<byte> bins, int last, int also, double minUnits, ref double best)
    {
        Array.Clear(_left);
        for (var i = 0; i < bins.Length; i++)
        {
            if (bins[i] <= last || bins[i] == also)
            {
                AddRow(_left, 0, i);
            }
        }

        double left = 0, right = 0;
        for (var k = 0; k < _classes; k++)
        {
            var other = _total[k] - _left[k];
            left += _entropy ? EntropyTerm.Of(_left[k]) : _left[k] * _left[k];
            right += _entropy ? EntropyTerm.Of(other) : other * other;
        }

        return (Improves((left, right), minUnits, ref best), 2 * _left[4 * _vectors] >= Weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddRow(double[] cells, int at, int i)
    {
        ref var cell = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(cells), at);
        var row = _node[i];
        Unsafe.Add(ref cell, _nodeLabel[i]) += row[0];
        ref var sums = ref Unsafe.Add(ref cell, 4 * _vectors);
        (Vector128.LoadUnsafe(ref sums) + row).StoreUnsafe(ref sums);
    }

    /// <summary>Moves a bin's rows to the left part and brings each part's sum of squares, or of entropy terms, up to date.</summary>
    private readonly (double Left, double Right) Move(int bin, (double Left, double Right) score)
    {
        ref var cell = ref _cells[bin * _stride];
        ref var left = ref MemoryMarshal.GetArrayDataReference(_left);
        ref var total = ref MemoryMarshal.GetArrayDataReference(_total);
        if (_entropy)
        {
            for (var k = 0; k < _classes; k++)
            {
                var moved = Unsafe.Add(ref cell, k);
                if (moved > 0)
                {
                    var (before, other) = (Unsafe.Add(ref left, k), Unsafe.Add(ref total, k) - Unsafe.Add(ref left, k));
                    score.Left += EntropyTerm.Of(before + moved) - EntropyTerm.Of(before);
                    score.Right += EntropyTerm.Of(other - moved) - EntropyTerm.Of(other);
                }
            }
        }

        // (l + c)^2 = l^2 + c (2 l + c), and for the right part r = t - l: (r - c)^2 = r^2 - c (2 t - 2 l - c)
        var (more, less) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint k = 0; k < (nuint)(4 * _vectors); k += 4)
        {
            var (c, l) = (Vector256.LoadUnsafe(ref cell, k), Vector256.LoadUnsafe(ref left, k));
            var sum = l + c;
            var part = c * (l + sum);
            more += part;
            less += c * (Vector256.LoadUnsafe(ref total, k) * 2) - part;
            sum.StoreUnsafe(ref left, k);
        }

        var end = (nuint)(4 * _vectors);
        (Vector128.LoadUnsafe(ref cell, end) + Vector128.LoadUnsafe(ref left, end)).StoreUnsafe(ref left, end);
        return _entropy ? score : (score.Left + Sum(more), score.Right - Sum(less));
    }

    private readonly bool Improves((double Left, double Right) score, double minUnits, ref double best)
    {
        var (weight, units) = (_left[4 * _vectors], _left[4 * _vectors + 1]);
        var rightWeight = Weight - weight;
        if (units < minUnits || Units - units < minUnits || !(rightWeight > 0))
        {
            return false;
        }

        var gain = (_entropy ? score.Left - EntropyTerm.Of(weight) + score.Right - EntropyTerm.Of(rightWeight) : score.Left / weight + score.Right / rightWeight) - _nodeScore;
        if (!(gain > best))
        {
            return false;
        }

        best = gain;
        return true;
    }

    /// <summary>In a fixed order, whatever the machine.</summary>
    private static double Sum(Vector256<double> vector) => vector[0] + vector[1] + (vector[2] + vector[3]);
}
