using System.Text;

namespace TuneLab.Data.Csv;

/// <summary>Tells missing values from others, as UTF-8.</summary>
internal sealed class MissingTokens
{
    private static readonly byte[][] AnyCase = ["na"u8.ToArray(), "nan"u8.ToArray(), "null"u8.ToArray()];

    private readonly byte[][]? _exact;
    private readonly int _longest;

    /// <param name="tokens">Texts that count as missing beside the empty one, or null for the usual ones.</param>
    public MissingTokens(IReadOnlyList<string>? tokens)
    {
        _exact = tokens?.Where(t => t.Length > 0).Select(t => System.Text.Encoding.UTF8.GetBytes(t.Trim())).ToArray();
        _longest = _exact is null ? 4 : _exact.Select(t => t.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>Whether a trimmed field stands for a missing value.</summary>
    public bool Contains(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
        {
            return true;
        }

        if (field.Length > _longest)
        {
            return false;
        }

        if (_exact is null)
        {
            return field[0] switch
            {
                (byte)'?' => field.Length == 1,
                (byte)'n' or (byte)'N' => IsOneOf(field, AnyCase, ignoreCase: true),
                _ => false,
            };
        }

        return IsOneOf(field, _exact, ignoreCase: false);
    }

    private static bool IsOneOf(ReadOnlySpan<byte> field, byte[][] tokens, bool ignoreCase)
    {
        foreach (var token in tokens)
        {
            if (ignoreCase ? Ascii.EqualsIgnoreCase(field, token) : field.SequenceEqual(token))
            {
                return true;
            }
        }

        return false;
    }
}
