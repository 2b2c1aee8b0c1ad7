namespace TuneLab.MLNet.Engine.Trees;

/// <summary>A tree of one of ML.NET's ensembles, walked as ML.NET walks it. Immutable.</summary>
internal sealed class SavedTree
{
    // inner nodes, then leaves: a leaf is a node that is followed by itself
    private readonly Node[] _nodes;

    // by node: what follows on the lower and on the higher side
    private readonly int[] _next;
    private readonly int _inner;

    // whether only numbers are compared, as they are
    private readonly bool _plain;

    // the slots of which one must be set to go to the higher side, by node that asks for categories
    private readonly int[][] _categories;
    private readonly double[] _leaves;

    private SavedTree(BinaryReader reader)
    {
        const byte forest = 2;
        var kind = reader.ReadByte();
        var leaves = reader.ReadInt32();
        reader.ReadDouble(); // the largest output
        reader.ReadDouble(); // the weight, which predictions don't use
        var (lower, higher, slots) = (Many(reader, reader.ReadInt32), Many(reader, reader.ReadInt32), Many(reader, reader.ReadInt32));
        var byCategory = Many(reader, reader.ReadInt32);
        _categories = new int[byCategory.Length][];
        for (var i = 0; i < byCategory.Length; i++)
        {
            _categories[i] = Many(reader, reader.ReadInt32);
            slots[byCategory[i]] = ~i;
            reader.ReadInt64(); // the range of slots of that category
        }

        Many(reader, reader.ReadUInt32); // thresholds by bins
        var thresholds = Many(reader, reader.ReadSingle);
        var missing = Many(reader, reader.ReadSingle);
        _leaves = Many(reader, reader.ReadDouble);
        for (var i = 0; i < (kind == forest ? 5 : 3); i++)
        {
            Many(reader, reader.ReadDouble); // gains, their p-values, values before a split; a forest's distributions
        }

        // all 0: a missing number is what it is, and no NaN is below a threshold
        var replaces = Array.Exists(missing, m => m != 0);
        var count = leaves < 2 || lower.Length == 0 || lower[0] == 0 ? 0 : leaves - 1; // the arrays may be longer
        _nodes = [.. Enumerable.Range(0, count).Select(i => new Node(slots[i], thresholds[i], replaces ? missing[i] : float.NaN)), .. Enumerable.Repeat(new Node(0, 0, float.NaN), count + 1)];
        _next = [.. Enumerable.Range(0, 2 * count).Select(i => (i % 2 == 0 ? lower : higher)[i / 2] is var next && next < 0 ? count + ~next : next), .. Enumerable.Range(0, 2 * (count + 1)).Select(i => count + i / 2)];
        (_inner, _plain) = (count, !replaces && !Array.Exists(_nodes, n => n.Slot < 0));
    }

    /// <summary>Reads the trees of an ensemble.</summary>
    /// <param name="reader">At their number.</param>
    public static SavedTree[] ReadAll(BinaryReader reader) => Many(reader, () => new SavedTree(reader));

    /// <summary>Adds what it says of rows to their scores.</summary>
    /// <param name="rows">[rows x slots].</param>
    /// <param name="slots">How many a row has.</param>
    /// <param name="sums">The score of the first row, that of the second one stride behind it, and so on.</param>
    /// <param name="stride">How far scores are apart.</param>
    public void Add(ReadOnlySpan<float> rows, int slots, Span<double> sums, int stride)
    {
        if (_inner == 0)
        {
            return;
        }

        var count = slots == 0 ? 0 : rows.Length / slots;
        var i = 0;
        for (; _plain && i + 4 <= count; i += 4)
        {
            // four at a time: each step waits for the one before it, but not for those of other rows
            var (a, b, c, d) = (0, 0, 0, 0);
            var four = rows.Slice(i * slots, 4 * slots);
            while (a < _inner || b < _inner || c < _inner || d < _inner)
            {
                (a, b, c, d) = (Next(a, four), Next(b, four[slots..]), Next(c, four[(2 * slots)..]), Next(d, four[(3 * slots)..]));
            }

            sums[i * stride] += _leaves[a - _inner];
            sums[(i + 1) * stride] += _leaves[b - _inner];
            sums[(i + 2) * stride] += _leaves[c - _inner];
            sums[(i + 3) * stride] += _leaves[d - _inner];
        }

        for (; i < count; i++)
        {
            sums[i * stride] += _leaves[Leaf(rows.Slice(i * slots, slots))];
        }
    }

    // which side it is can't be foreseen, and a wrong guess of a branch costs more than the rest: so it is looked up
    private int Next(int node, ReadOnlySpan<float> row)
    {
        var of = _nodes[node];
        return _next[2 * node + (row[of.Slot] <= of.Threshold ? 0 : 1)];
    }

    private int Leaf(ReadOnlySpan<float> row)
    {
        var at = 0;
        while (at < _inner)
        {
            at = _next[2 * at + (IsHigher(_nodes[at], row) ? 1 : 0)];
        }

        return at - _inner;
    }

    private bool IsHigher(in Node node, ReadOnlySpan<float> row)
    {
        if (node.Slot >= 0)
        {
            var value = row[node.Slot];
            return !((float.IsNaN(value) ? node.Missing : value) <= node.Threshold);
        }

        foreach (var slot in _categories[~node.Slot])
        {
            if (row[slot] > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static T[] Many<T>(BinaryReader reader, Func<T> read)
    {
        var values = new T[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read();
        }

        return values;
    }

    /// <summary>An inner node.</summary>
    /// <param name="Slot">Whose number is compared; negative: the complement of the place of its categories.</param>
    /// <param name="Threshold">The largest number that goes to the lower side.</param>
    /// <param name="Missing">What a missing number counts as; NaN goes to the higher side.</param>
    private readonly record struct Node(int Slot, float Threshold, float Missing);
}
