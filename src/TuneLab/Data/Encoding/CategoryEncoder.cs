namespace TuneLab.Data.Encoding;

/// <summary>
/// Categories as codes by the text of their level. The most frequent levels of the fitted rows get a code of their own, in ordinal order of the
/// texts; the rest share the last code. A level that was not seen is -1, like a missing value.
/// </summary>
internal sealed class CategoryEncoder : ColumnEncoder
{
    /// <summary>How many levels get a code of their own.</summary>
    public const int MaxLevels = 1000;

    private readonly string[] _shared;
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    private CategoryEncoder(InputColumn input, string[] shared)
        : base(input)
    {
        _shared = shared;
        for (var i = 0; i < input.Levels.Count; i++)
        {
            _codes[input.Levels[i]] = i;
        }

        foreach (var level in shared)
        {
            _codes[level] = input.Levels.Count;
        }
    }

    /// <inheritdoc/>
    public override EncodedColumn Description => new(Input, _shared, []);

    private int Cardinality => Input.Levels.Count + (_shared.Length > 0 ? 1 : 0);

    public static CategoryEncoder? Fit(CategoryColumn column, int[] rows)
    {
        if (!Variation.Varies(column.Codes, rows))
        {
            return null;
        }

        var counts = new int[column.Levels.Length];
        foreach (var row in rows)
        {
            if (column.Codes[row] >= 0)
            {
                counts[column.Codes[row]]++;
            }
        }

        var seen = Enumerable.Range(0, counts.Length).Where(code => counts[code] > 0)
            .OrderByDescending(code => counts[code]).ThenBy(code => column.Levels[code], StringComparer.Ordinal).Select(code => column.Levels[code]).ToArray();
        string[] own = [.. seen.Take(MaxLevels).Order(StringComparer.Ordinal)];
        string[] shared = [.. seen.Skip(MaxLevels).Order(StringComparer.Ordinal)];
        return new CategoryEncoder(new InputColumn(column.Name, ColumnType.Category, own), shared);
    }

    public static CategoryEncoder Load(InputColumn input, BinaryReader reader) => new(input, Strings.Load(reader));

    /// <inheritdoc/>
    public override IEnumerable<FeatureColumn> Encode(Column column)
    {
        var source = (CategoryColumn)column;
        var byCode = Array.ConvertAll(source.Levels, level => _codes.GetValueOrDefault(level, -1));
        var codes = new int[source.Count];
        for (var row = 0; row < codes.Length; row++)
        {
            var code = source.Codes[row];
            codes[row] = code < 0 ? -1 : byCode[code];
        }

        yield return new CategoricalFeature(Input.Name, Input.Name, codes, Cardinality);
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer) => Strings.Save(writer, _shared);
}
