using System.Buffers;

namespace TuneLab.Data.Encoding;

/// <summary>The words of a text: what stands between <see cref="Separators"/>, in lower case. ML.NET's tokenizer can repeat it.</summary>
public static class Words
{
    /// <summary>Longer words are never known.</summary>
    internal const int Longest = 64;

    // whatever is no letter and no digit in Latin, general punctuation, CJK punctuation and full-width forms
    private static readonly (int First, int Last)[] Blocks = [('\0', '\u00FF'), ('\u1680', '\u1680'), ('\u2000', '\u206F'), ('\u3000', '\u303F'), ('\uFF00', '\uFF20')];
    private static readonly char[] SeparatorList = [.. Blocks.SelectMany(b => Enumerable.Range(b.First, b.Last - b.First + 1)).Select(c => (char)c).Where(c => !char.IsLetterOrDigit(c))];
    private static readonly SearchValues<char> Separating = SearchValues.Create(SeparatorList);

    /// <summary>The characters between words.</summary>
    public static ReadOnlySpan<char> Separators => SeparatorList;

    /// <summary>Takes the first word off a text; allocates nothing.</summary>
    /// <param name="rest">The text; afterwards what follows the word.</param>
    /// <param name="lower">[<see cref="Longest"/>]: where the word is written, in lower case.</param>
    /// <param name="length">Its length; 0 when it is longer than <see cref="Longest"/>.</param>
    /// <returns>Whether there was one.</returns>
    internal static bool Next(ref ReadOnlySpan<char> rest, scoped Span<char> lower, out int length)
    {
        length = 0;
        if (rest.IndexOfAnyExcept(Separating) is var start && start < 0)
        {
            return false;
        }

        rest = rest[start..];
        var end = rest.IndexOfAny(Separating) is var next and >= 0 ? next : rest.Length;
        if (end <= Longest)
        {
            length = end;
            for (var i = 0; i < end; i++)
            {
                lower[i] = char.ToLowerInvariant(rest[i]);
            }
        }

        rest = rest[end..];
        return true;
    }
}
