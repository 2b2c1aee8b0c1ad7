namespace TuneLab.Data.Encoding;

/// <summary>
/// Counts the words of a text, and the pairs of neighbouring words, in hash buckets. A word is a run of letters and digits, lower-cased; its hash is FNV-1a
/// (64 bits) over its UTF-16 units: the same in every process and culture.
/// </summary>
internal static class HashedWords
{
    private const ulong Offset = 0xcbf29ce484222325UL;
    private const ulong Prime = 0x100000001b3UL;

    /// <summary>Adds to the counts; allocates nothing.</summary>
    /// <param name="text">Any.</param>
    /// <param name="counts">[buckets].</param>
    /// <returns>The number of words.</returns>
    public static int Count(ReadOnlySpan<char> text, Span<int> counts)
    {
        var (words, previous) = (0, 0UL);
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var hash = Offset;
            for (; i < text.Length && char.IsLetterOrDigit(text[i]); i++)
            {
                hash = (hash ^ char.ToLowerInvariant(text[i])) * Prime;
            }

            counts[Bucket(hash, counts.Length)]++;
            if (words++ > 0)
            {
                // the pair's order counts: "not good" is not "good not"
                counts[Bucket((previous * Prime) ^ hash, counts.Length)]++;
            }

            previous = hash;
        }

        return words;
    }

    private static int Bucket(ulong hash, int buckets) => (int)(Randomness.Seed.Mix(hash) % (ulong)buckets);
}
