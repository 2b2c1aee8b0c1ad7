namespace TuneLab.Data.Csv;

/// <summary>Any texts: a category, or free text where most values differ and have several words.</summary>
/// <param name="name">The column's name.</param>
/// <param name="capacity">How many rows are expected.</param>
/// <param name="declared">Category or text as asked for, or null to tell by the values.</param>
internal sealed class LevelSink(string name, int capacity, ColumnType? declared) : ColumnSink(name)
{
    private const int FewestTexts = 10;
    private const double DistinctShare = 0.3;
    private const double WordsPerText = 3;

    private readonly LevelTable _levels = new();
    private RowBuffer<int> _codes = new(capacity);
    private int _known;

    /// <inheritdoc/>
    public override bool TryAdd(ReadOnlySpan<byte> text)
    {
        _codes.Add(_levels.Intern(text));
        _known++;
        return true;
    }

    /// <inheritdoc/>
    public override void AddMissing() => _codes.Add(-1);

    /// <inheritdoc/>
    public override Column Finish()
    {
        var codes = _codes.ToArray();
        var texts = _levels.Texts();
        return (declared ?? Infer(texts)) == ColumnType.Text
            ? new TextColumn(Name, [.. codes.Select(code => code < 0 ? null : texts[code])])
            : CategoryLevels.Sorted(Name, codes, texts);
    }

    private ColumnType Infer(string[] texts)
    {
        if (texts.Length < Math.Max(FewestTexts, DistinctShare * _known))
        {
            return ColumnType.Category;
        }

        var words = texts.Sum(text => (long)Words(text));
        return words >= WordsPerText * texts.Length ? ColumnType.Text : ColumnType.Category;
    }

    private static int Words(string text)
    {
        var words = 0;
        var inside = false;
        foreach (var c in text)
        {
            // Digits alone make no words, or a list of numbers would be a text.
            var letter = char.IsLetter(c) || c == '\'';
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }

        return words;
    }
}
