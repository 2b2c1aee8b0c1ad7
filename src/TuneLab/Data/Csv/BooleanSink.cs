using System.Text;

namespace TuneLab.Data.Csv;

/// <summary>
/// Truth values in any case: <c>true/false</c>, <c>yes/no</c> and <c>t/f</c>, all of one pair; when declared also <c>y/n</c> and <c>1/0</c>, mixed as they come.
/// There are always two levels; one that never occurs is the other's counterpart.
/// </summary>
internal sealed class BooleanSink(string name, int capacity, bool declared) : ColumnSink(name)
{
    private const int InferredPairs = 3;

    private static readonly (string False, string True)[] Pairs = [("false", "true"), ("no", "yes"), ("f", "t"), ("n", "y"), ("0", "1")];

    private readonly string?[] _spelling = new string?[2];
    private RowBuffer<int> _codes = new(capacity);
    private int _pair = -1;
    private bool _mixed;

    /// <inheritdoc/>
    public override bool TryAdd(ReadOnlySpan<byte> text)
    {
        if (text.Length > 5)
        {
            return false;
        }

        for (var pair = 0; pair < (declared ? Pairs.Length : InferredPairs); pair++)
        {
            var code = EqualsIgnoreCase(text, Pairs[pair].True) ? 1 : EqualsIgnoreCase(text, Pairs[pair].False) ? 0 : -1;
            if (code >= 0)
            {
                return TryAdd(text, pair, code);
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override void AddMissing() => _codes.Add(-1);

    /// <inheritdoc/>
    public override Column? Finish()
    {
        if (_pair < 0 && !declared)
        {
            return null;
        }

        var names = Pairs[_mixed || _pair < 0 ? 0 : _pair];
        string[] levels = _mixed || _pair < 0
            ? [names.False, names.True]
            : [_spelling[0] ?? InCaseOf(_spelling[1]!, names.False), _spelling[1] ?? InCaseOf(_spelling[0]!, names.True)];
        return new CategoryColumn(Name, _codes.ToArray(), levels, ColumnType.Boolean);
    }

    private bool TryAdd(ReadOnlySpan<byte> text, int pair, int code)
    {
        if (_pair >= 0 && _pair != pair)
        {
            if (!declared)
            {
                return false;
            }

            _mixed = true;
        }

        _pair = pair;
        if (_spelling[code] is not { } known || !Ascii.Equals(text, known))
        {
            KeepSmallest(ref _spelling[code], System.Text.Encoding.ASCII.GetString(text));
        }

        _codes.Add(code);
        return true;
    }

    // Of several spellings the first in ordinal order is kept, so that the order of rows does not matter.
    private static void KeepSmallest(ref string? kept, string found)
    {
        if (kept is null || string.CompareOrdinal(found, kept) < 0)
        {
            kept = found;
        }
    }

    private static bool EqualsIgnoreCase(ReadOnlySpan<byte> text, string word) => Ascii.EqualsIgnoreCase(text, word);

    private static string InCaseOf(string model, string word)
        => !char.IsUpper(model[0]) ? word
        : model.Length > 1 && char.IsLower(model[1]) ? char.ToUpperInvariant(word[0]) + word[1..]
        : word.ToUpperInvariant();
}
