using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Sums for two classes and whole weights, by the decrease of Gini impurity or entropy. A row is 21 bits of weight times label, 21 of weight and 21 of units, so that
/// one addition sums all three, exactly.
/// </summary>
internal struct PackedSums : INodeSums
{
    private const int Bits = 21;
    private const long Mask = (1 << Bits) - 1;

    private readonly TrainingData _data;
    private readonly bool _entropy;
    private readonly ulong[] _rows; // [rows]
    private readonly ulong[] _node; // [rows of the node]
    private readonly ulong[] _cells = new ulong[256];
    private long _ones, _weight, _units;
    private double _nodeScore;

    /// <param name="data">The training rows.</param>
    /// <param name="entropy">Whether impurity is entropy.</param>
    public PackedSums(TrainingData data, bool entropy)
        => (_data, _entropy, _rows, _node) = (data, entropy, new ulong[data.Rows.Length], new ulong[data.Rows.Length]);

    /// <summary>Whether sums of these rows fit: whole weights that no class balance changed, and not too many rows.</summary>
    /// <param name="data">The training rows.</param>
    /// <param name="draws">How many rows are drawn for a tree.</param>
    public static bool Fit(TrainingData data, int draws)
        => data.HasWholeWeights && data.LossWeights == data.Weights && Math.Max(draws, data.Rows.Length) * (data.Weights?.Max() ?? 1) <= Mask;

    public readonly double Units => _units;

    public readonly void Take(DrawnRows drawn)
    {
        foreach (var row in drawn.Rows)
        {
            var units = (ulong)(_data.Weights?[row] ?? 1);
            var weight = units * (ulong)drawn.Times(row);
            _rows[row] = (units << (2 * Bits)) | (weight << Bits) | (_data.Target[row] > 0 ? weight : 0);
        }
    }

    public bool Begin(ReadOnlySpan<int> rows)
    {
        var sum = 0UL;
        ref var all = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var node = ref MemoryMarshal.GetArrayDataReference(_node);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Unsafe.Add(ref all, rows[i]);
            Unsafe.Add(ref node, i) = row;
            sum += row;
        }

        (_ones, _weight, _units) = Unpack(sum);
        _nodeScore = _entropy ? Score(_ones, _weight) : 0;
        return _ones > 0 && _ones < _weight;
    }

    public readonly void Leaf(Span<double> values) => values[0] = (double)_ones / _weight;

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
            _cells[bin] = 0;
        }
    }

    public readonly bool IsEmpty(byte bin) => _cells[bin] == 0;

    public readonly double Key(byte bin)
    {
        var (ones, weight, _) = Unpack(_cells[bin]);
        return (double)ones / weight;
    }

    public readonly (int Place, bool LeftIsHeavier) Scan(ReadOnlySpan<byte> order, int moved, int from, int end, double minUnits, ref double best)
    {
        var left = moved >= 0 ? _cells[moved] : 0;
        var (place, leftIsHeavier) = (-1, false);
        var fewest = (long)minUnits;
        for (var i = 0; i < end; i++)
        {
            left += _cells[order[i]];
            var (ones, weight, units) = Unpack(left);
            if (i < from || units < fewest || _units - units < fewest)
            {
                continue;
            }

            var gain = Gain(ones, weight);
            if (gain > best)
            {
                (best, place, leftIsHeavier) = (gain, i, 2 * weight >= _weight);
            }
        }

        return (place, leftIsHeavier);
    }

    public readonly (bool IsBetter, bool LeftIsHeavier) Part(ReadOnlySpan<byte> bins, int last, int also, double minUnits, ref double best)
    {
        var left = 0UL;
        ref var node = ref MemoryMarshal.GetArrayDataReference(_node);
        for (var i = 0; i < bins.Length; i++)
        {
            // all bits or none: no branch to mispredict
            left += Unsafe.Add(ref node, i) & (ulong)-((bins[i] <= last ? 1L : 0L) | (bins[i] == also ? 1L : 0L));
        }

        var (ones, weight, units) = Unpack(left);
        if (units < minUnits || _units - units < minUnits || !(Gain(ones, weight) is var gain && gain > best))
        {
            return (false, false);
        }

        best = gain;
        return (true, 2 * weight >= _weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (long Ones, long Weight, long Units) Unpack(ulong sum) => ((long)sum & Mask, (long)(sum >> Bits) & Mask, (long)(sum >> (2 * Bits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double Gain(long ones, long weight)
    {
        if (_entropy)
        {
            return Score(ones, weight) + Score(_ones - ones, _weight - weight) - _nodeScore;
        }

        // the between-part sum of squares, from a deviation that is exact
        var deviation = (double)(ones * _weight - _ones * weight);
        return deviation * deviation / ((double)weight * (_weight - weight) * _weight);
    }

    /// <summary>Minus the entropy times the weight.</summary>
    private static double Score(long ones, long weight) => EntropyTerm.Of(ones) + EntropyTerm.Of(weight - ones) - EntropyTerm.Of(weight);
}
