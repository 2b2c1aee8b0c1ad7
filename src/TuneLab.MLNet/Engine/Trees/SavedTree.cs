namespace TuneLab.MLNet.Engine.Trees;

/// <summary>A tree of one of ML.NET's ensembles, walked as ML.NET walks it. Immutable.</summary>
internal sealed class SavedTree
{
    private readonly Node[] _nodes;

    // by node: what follows on the lower and on the higher side; negative: the complement of a leaf
    private readonly int[] _next;

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
        _nodes = [.. Enumerable.Range(0, count).Select(i => new Node(slots[i], thresholds[i], replaces ? missing[i] : float.NaN))];
        _next = [.. Enumerable.Range(0, 2 * count).Select(i => (i % 2 == 0 ? lower : higher)[i / 2])];
    }

    /// <summary>Reads the trees of an ensemble.</summary>
    /// <param name="reader">At their number.</param>
    public static SavedTree[] ReadAll(BinaryReader reader) => Many(reader, () => new SavedTree(reader));

    /// <summary>What it adds to the score of a row.</summary>
    /// <param name="row">[slots].</param>
    public double Output(ReadOnlySpan<float> row)
    {
        if (_nodes.Length == 0)
        {
            return 0;
        }

        var at = 0;
        while (at >= 0)
        {
            at = _next[2 * at + (IsHigher(_nodes[at], row) ? 1 : 0)]; // looked up: which side it is can't be foreseen, and a wrong guess of a branch costs more than the rest
        }

        return _leaves[~at];
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
