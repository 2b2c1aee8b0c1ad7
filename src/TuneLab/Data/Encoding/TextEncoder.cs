namespace TuneLab.Data.Encoding;

/// <summary>
/// Texts as hashed counts of words and pairs of words (feature hashing, Weinberger et al. 2009, without signs), as ln(1 + count); the length as ln(1 + characters); and 1 where the text is
/// missing or empty, when some were. A missing text has no words. Buckets that are the same on all fitted rows are left out.
/// </summary>
internal sealed class TextEncoder : ColumnEncoder
{
    private const int LengthPart = HashedWords.Buckets;
    private const int MissingPart = HashedWords.Buckets + 1;
    private const int AllParts = HashedWords.Buckets + 2;

    // part numbers, ascending
    private readonly int[] _parts;

    private TextEncoder(InputColumn input, int[] parts)
        : base(input) => _parts = parts;

    /// <inheritdoc/>
    public override EncodedColumn Description => new(Input, [], Array.ConvertAll(_parts, PartName));

    public static TextEncoder? Fit(TextColumn column, int[] rows)
    {
        if (rows.Length == 0)
        {
            return null;
        }

        Span<int> first = stackalloc int[AllParts];
        Span<int> counts = stackalloc int[AllParts];
        Span<bool> varies = stackalloc bool[AllParts];
        Count(column.Values[rows[0]], first);
        foreach (var row in rows)
        {
            Count(column.Values[row], counts);
            for (var part = 0; part < AllParts; part++)
            {
                varies[part] |= counts[part] != first[part];
            }
        }

        var parts = new List<int>();
        for (var part = 0; part < AllParts; part++)
        {
            if (varies[part])
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? null : new TextEncoder(new InputColumn(column.Name, ColumnType.Text, []), [.. parts]);
    }

    public static TextEncoder Load(InputColumn input, BinaryReader reader)
    {
        var count = reader.ReadByte();
        var parts = new int[count];
        for (var i = 0; i < count; i++)
        {
            parts[i] = reader.ReadByte();
            if (parts[i] >= AllParts)
            {
                throw new InvalidDataException($"The encoding of text column '{input.Name}' has a part {parts[i]}; there are {AllParts}.");
            }
        }

        return new TextEncoder(input, parts);
    }

    /// <inheritdoc/>
    public override IEnumerable<FeatureColumn> Encode(Column column)
    {
        var source = (TextColumn)column;
        var values = Array.ConvertAll(_parts, _ => new float[source.Count]);
        Span<int> counts = stackalloc int[AllParts];
        for (var row = 0; row < source.Count; row++)
        {
            Count(source.Values[row], counts);
            for (var i = 0; i < _parts.Length; i++)
            {
                var count = counts[_parts[i]];
                values[i][row] = count == 0 ? 0 : _parts[i] == MissingPart ? 1 : (float)Math.Log(1 + count);
            }
        }

        return [.. _parts.Select((part, i) => new NumericFeature(Input.Name + "." + PartName(part), Input.Name, values[i]))];
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
        writer.Write((byte)_parts.Length);
        foreach (var part in _parts)
        {
            writer.Write((byte)part);
        }
    }

    private static void Count(string? text, Span<int> counts)
    {
        counts.Clear();
        HashedWords.Count(text, counts[..HashedWords.Buckets]);
        counts[LengthPart] = text?.Length ?? 0;
        counts[MissingPart] = string.IsNullOrEmpty(text) ? 1 : 0;
    }

    private static string PartName(int part) => part switch
    {
        LengthPart => "length",
        MissingPart => "missing",
        _ => "hash" + part.ToString(CultureInfo.InvariantCulture),
    };
}
