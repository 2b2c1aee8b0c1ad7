namespace TuneLab.MLNet.Engine.Trees;

/// <summary>A tree of one of ML.NET's ensembles, walked as ML.NET walks it. Immutable.</summary>
internal sealed class SavedTree
{
    private readonly int[] _lower;
    private readonly int[] _higher;
    private readonly int[] _slots;
    private readonly float[] _thresholds;

    // null: a missing number is what it is, and no NaN is below a threshold
    private readonly float[]? _missing;

    // by node: the slots of which one must be set to go to the higher side; null: a number is compared
    private readonly int[]?[] _categories;
    private readonly double[] _leaves;
    private readonly bool _single;

    private SavedTree(BinaryReader reader)
    {
        const byte forest = 2;
        var kind = reader.ReadByte();
        var leaves = reader.ReadInt32();
        reader.ReadDouble(); // the largest output
        reader.ReadDouble(); // the weight, which predictions don't use
        (_lower, _higher, _slots) = (Many(reader, reader.ReadInt32), Many(reader, reader.ReadInt32), Many(reader, reader.ReadInt32));
        _categories = new int[]?[_lower.Length];
        foreach (var node in Many(reader, reader.ReadInt32))
        {
            _categories[node] = Many(reader, reader.ReadInt32);
            reader.ReadInt64(); // the range of slots of that category
        }

        Many(reader, reader.ReadUInt32); // thresholds by bins
        _thresholds = Many(reader, reader.ReadSingle);
        var missing = Many(reader, reader.ReadSingle);
        _missing = Array.Exists(missing, m => m != 0) ? missing : null;
        _leaves = Many(reader, reader.ReadDouble);
        for (var i = 0; i < (kind == forest ? 5 : 3); i++)
        {
            Many(reader, reader.ReadDouble); // gains, their p-values, values before a split; a forest's distributions
        }

        _single = leaves < 2 || _lower.Length == 0 || _lower[0] == 0;
    }

    /// <summary>Reads the trees of an ensemble.</summary>
    /// <param name="reader">At their number.</param>
    public static SavedTree[] ReadAll(BinaryReader reader) => Many(reader, () => new SavedTree(reader));

    /// <summary>What it adds to the score of a row.</summary>
    /// <param name="row">[slots].</param>
    public double Output(ReadOnlySpan<float> row)
    {
        if (_single)
        {
            return 0;
        }

        var node = 0;
        while (node >= 0)
        {
            node = IsHigher(node, row) ? _higher[node] : _lower[node];
        }

        return _leaves[~node];
    }

    private bool IsHigher(int node, ReadOnlySpan<float> row)
    {
        if (_categories[node] is { } slots)
        {
            foreach (var slot in slots)
            {
                if (row[slot] > 0)
                {
                    return true;
                }
            }

            return false;
        }

        var value = row[_slots[node]];
        return !((float.IsNaN(value) && _missing is not null ? _missing[node] : value) <= _thresholds[node]);
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
}
