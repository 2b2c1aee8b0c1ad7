using System.Buffers;
using System.Numerics;

namespace TuneLab.Data.Encoding;

/// <summary>
/// Counts the words of a text, and the pairs of neighbouring words, in hash buckets, in such a way that ML.NET's own transformers can repeat it: lower case, words between
/// <see cref="Separators"/>, a hash of 30 bits of each word (MurmurHash3, x86, 32 bits, over its UTF-8 bytes; the bytes of words beyond ASCII are ordered as ML.NET 5 orders them), and the buckets
/// of one hash, or of two that follow each other, by the same function over these numbers. The same in every process and culture.
/// </summary>
public static class HashedWords
{
    /// <summary>How many buckets there are: 2 to the power of <see cref="BucketBits"/>.</summary>
    public const int Buckets = 1 << BucketBits;

    /// <summary>The bits of a bucket's number.</summary>
    public const int BucketBits = 6;

    /// <summary>The bits of a word's hash, which is counted from 1.</summary>
    public const int WordBits = 30;

    /// <summary>Where every hash begins.</summary>
    public const uint Seed = 314_489_979;

    // whatever is no letter and no digit in Latin, general punctuation, CJK punctuation and full-width forms
    private static readonly (int First, int Last)[] Blocks = [('\0', '\u00FF'), ('\u1680', '\u1680'), ('\u2000', '\u206F'), ('\u3000', '\u303F'), ('\uFF00', '\uFF20')];
    private static readonly char[] SeparatorList = [.. Blocks.SelectMany(b => Enumerable.Range(b.First, b.Last - b.First + 1)).Select(c => (char)c).Where(c => !char.IsLetterOrDigit(c))];
    private static readonly SearchValues<char> Separating = SearchValues.Create(SeparatorList);

    /// <summary>The characters between words.</summary>
    public static ReadOnlySpan<char> Separators => SeparatorList;

    /// <summary>Adds to the counts; allocates nothing.</summary>
    /// <param name="text">Any.</param>
    /// <param name="counts">[buckets]: a power of two.</param>
    public static void Count(ReadOnlySpan<char> text, Span<int> counts)
    {
        var mask = (uint)counts.Length - 1;
        var previous = 0U; // no word's
        while (text.IndexOfAnyExcept(Separating) is var start and >= 0)
        {
            text = text[start..];
            var end = text.IndexOfAny(Separating) is var next and >= 0 ? next : text.Length;
            var word = (WordHash(text[..end]) & ((1U << WordBits) - 1)) + 1;
            counts[(int)(Mixed(Round(Round(Seed, word), 1)) & mask)]++;
            if (previous > 0)
            {
                // the pair's order counts: "not good" is not "good not"
                counts[(int)(Mixed(Round(Round(Round(Seed, previous), word), 2)) & mask)]++;
            }

            previous = word;
            text = text[end..];
        }
    }

    /// <summary>The hash of a word in lower case.</summary>
    internal static uint WordHash(ReadOnlySpan<char> word)
    {
        var (hash, length, pending, bits) = (Seed, 0U, 0UL, 0);
        foreach (var letter in word)
        {
            var code = (uint)char.ToLowerInvariant(letter);
            var size = code < 0x80 ? 8 : code < 0x800 ? 16 : 24;
            pending |= (ulong)(size switch
            {
                8 => code,
                16 => 0xC080 | ((code << 2) & 0x1F00) | (code & 0x3F),
                _ => 0xE08080 | ((code << 4) & 0x0F0000) | ((code << 2) & 0x3F00) | (code & 0x3F),
            }) << bits;

            // ML.NET turns the order of the pending bytes, not of the letter's own: the same wherever a letter begins a group of four bytes
            pending = size switch
            {
                8 => pending,
                16 => ((pending & 0xFF) << 8) | (pending >> 8),
                _ => ((pending & 0xFF) << 16) | (((pending >> 8) & 0xFF) << 8) | (pending >> 16),
            };
            bits += size;
            if (bits >= 32)
            {
                (hash, pending, bits, length) = (Round(hash, (uint)pending), pending >> 32, bits - 32, length + 4);
            }
        }

        if (bits > 0)
        {
            length += (uint)bits / 8;
            hash ^= Scrambled((uint)pending & ((1U << bits) - 1));
        }

        return Mixed(hash ^ length);
    }

    private static uint Round(uint hash, uint chunk) => (BitOperations.RotateLeft(hash ^ Scrambled(chunk), 13) * 5) + 0xE6546B64;

    private static uint Scrambled(uint chunk) => BitOperations.RotateLeft(chunk * 0xCC9E2D51, 15) * 0x1B873593;

    private static uint Mixed(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
