namespace TuneLab.Data.Encoding;

/// <summary>
/// Texts as counts of the words and pairs of words that tell most of the fitted texts apart (<see cref="Vocabulary"/>), as ln(1 + count); the length as ln(1 + characters); and 1 where the text is
/// missing or empty, when some were. A missing text has no words.
/// </summary>
internal sealed class TextEncoder : ColumnEncoder
{
    private const string Length = "#length"; // no word has such a sign
    private const string Missing = "#missing";

    private readonly Vocabulary _vocabulary;
    private readonly bool _length;
    private readonly bool _missing;

    private TextEncoder(InputColumn input, Vocabulary vocabulary, bool length, bool missing)
        : base(input) => (_vocabulary, _length, _missing) = (vocabulary, length, missing);

    /// <inheritdoc/>
    public override EncodedColumn Description => new(Input, [], [.. _vocabulary.Terms, .. _length ? [Length] : Array.Empty<string>(), .. _missing ? [Missing] : Array.Empty<string>()]);

    public static TextEncoder? Fit(TextColumn column, int[] rows)
    {
        var vocabulary = Vocabulary.Of(column.Values, rows);
        var lengths = Array.ConvertAll(rows, row => column.Values[row]?.Length ?? 0);
        var (length, missing) = (lengths.Distinct().Skip(1).Any(), lengths.Any(l => l == 0) && lengths.Any(l => l > 0));
        return length || vocabulary.Terms.Count > 0 ? new TextEncoder(new InputColumn(column.Name, ColumnType.Text, []), vocabulary, length, missing) : null;
    }

    public static TextEncoder Load(InputColumn input, BinaryReader reader) => new(input, new Vocabulary(Strings.Load(reader)), reader.ReadBoolean(), reader.ReadBoolean());

    /// <inheritdoc/>
    public override IEnumerable<FeatureColumn> Encode(Column column)
    {
        var source = (TextColumn)column;
        var terms = _vocabulary.Terms;
        float[][] values = [.. terms.Select(_ => new float[source.Count])];
        var counts = new int[terms.Count];
        for (var row = 0; row < source.Count; row++)
        {
            _vocabulary.Count(source.Values[row], counts);
            for (var i = 0; i < counts.Length; i++)
            {
                values[i][row] = counts[i] == 0 ? 0 : (float)Math.Log(1 + counts[i]);
            }
        }

        List<FeatureColumn> features = [.. terms.Select((term, i) => Feature(term, values[i]))];
        if (_length)
        {
            features.Add(Feature(Length, Array.ConvertAll(source.Values, text => (float)Math.Log(1 + (text?.Length ?? 0)))));
        }

        if (_missing)
        {
            features.Add(Feature(Missing, Array.ConvertAll(source.Values, text => string.IsNullOrEmpty(text) ? 1f : 0f)));
        }

        return features;
    }

    /// <inheritdoc/>
    public override void Save(BinaryWriter writer)
    {
        Strings.Save(writer, _vocabulary.Terms);
        writer.Write(_length);
        writer.Write(_missing);
    }

    private NumericFeature Feature(string part, float[] values) => new(Input.Name + "." + part, Input.Name, values);
}
