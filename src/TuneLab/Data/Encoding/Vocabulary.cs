using System.Runtime.InteropServices;

namespace TuneLab.Data.Encoding;

/// <summary>The words and pairs of neighbouring words that are counted in texts. Immutable and thread-safe.</summary>
internal sealed class Vocabulary
{
    /// <summary>How many words and pairs there are at most.</summary>
    public const int MaxTerms = 200;

    private const int FewestTexts = 2;

    // pairs are looked for among the words that tell most texts apart
    private const int PairingWords = 2000;

    private readonly Dictionary<string, (int Id, int Term)> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<(int First, int Second), int> _pairs = [];

    /// <param name="terms">Words, and pairs with a space between.</param>
    public Vocabulary(IReadOnlyList<string> terms)
    {
        Terms = terms;
        for (var i = 0; i < terms.Count; i++)
        {
            if (!IsPair(terms[i]))
            {
                _words[terms[i]] = (_words.Count, i);
            }
        }

        for (var i = 0; i < terms.Count; i++)
        {
            if (IsPair(terms[i]))
            {
                var words = terms[i].Split(' ');
                _pairs[(IdOf(words[0]), IdOf(words[1]))] = i;
            }
        }
    }

    /// <summary>Words, then pairs with a space between, both in ordinal order.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Whether a term is a pair of words.</summary>
    public static bool IsPair(string term) => term.Contains(' ', StringComparison.Ordinal);

    /// <summary>
    /// The terms that tell most texts apart: those whose presence has the largest variance over the rows. A term is in at least two rows and not in all; a pair is not in just the rows that one of its
    /// words is in.
    /// </summary>
    public static Vocabulary Of(string?[] texts, int[] rows)
    {
        var words = WordsOf(texts, rows);
        var pairs = PairsOf(texts, rows, [.. words.Take(PairingWords)]);
        var best = words.Concat(pairs).OrderByDescending(t => Spread(t.Rows, rows.Length)).ThenBy(t => IsPair(t.Term)).ThenBy(t => t.Term, StringComparer.Ordinal).Take(MaxTerms).Select(t => t.Term);
        return new Vocabulary([.. best.OrderBy(IsPair).ThenBy(t => t, StringComparer.Ordinal)]);
    }

    /// <summary>Counts the terms of a text; allocates nothing.</summary>
    /// <param name="text">Any.</param>
    /// <param name="counts">[terms], overwritten.</param>
    public void Count(ReadOnlySpan<char> text, Span<int> counts)
    {
        counts.Clear();
        Span<char> lower = stackalloc char[Words.Longest];
        var lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        var previous = -1;
        while (Words.Next(ref text, lower, out var length))
        {
            var known = lookup.TryGetValue(lower[..length], out var word);
            if (known && word.Term >= 0)
            {
                counts[word.Term]++;
            }

            if (known && previous >= 0 && _pairs.TryGetValue((previous, word.Id), out var pair))
            {
                counts[pair]++; // the pair's order counts: "not good" is not "good not"
            }

            previous = known ? word.Id : -1;
        }
    }

    private static long Spread(int inRows, int rows) => (long)inRows * (rows - inRows);

    // best first
    private static List<(string Term, int Rows)> WordsOf(string?[] texts, int[] rows)
    {
        var seen = new Dictionary<string, (int Rows, int Last)>(StringComparer.Ordinal);
        var lookup = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[Words.Longest];
        for (var i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<char> rest = texts[rows[i]];
            while (Words.Next(ref rest, lower, out var length))
            {
                if (length > 0)
                {
                    Saw(ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, lower[..length], out _), i);
                }
            }
        }

        return [.. Telling(seen, rows.Length, word => word).OrderByDescending(w => Spread(w.Rows, rows.Length)).ThenBy(w => w.Term, StringComparer.Ordinal)];
    }

    private static IEnumerable<(string Term, int Rows)> PairsOf(string?[] texts, int[] rows, (string Term, int Rows)[] words)
    {
        var ids = words.Select((word, id) => (word.Term, id)).ToDictionary(w => w.Term, w => w.id, StringComparer.Ordinal);
        var lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        var seen = new Dictionary<(int First, int Second), (int Rows, int Last)>();
        Span<char> lower = stackalloc char[Words.Longest];
        for (var i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<char> rest = texts[rows[i]];
            var previous = -1;
            while (Words.Next(ref rest, lower, out var length))
            {
                var id = lookup.TryGetValue(lower[..length], out var found) ? found : -1;
                if (id >= 0 && previous >= 0)
                {
                    Saw(ref CollectionsMarshal.GetValueRefOrAddDefault(seen, (previous, id), out _), i);
                }

                previous = id;
            }
        }

        return Telling(seen.Where(e => e.Value.Rows != words[e.Key.First].Rows && e.Value.Rows != words[e.Key.Second].Rows), rows.Length, pair => words[pair.First].Term + " " + words[pair.Second].Term);
    }

    private static void Saw(ref (int Rows, int Last) entry, int row)
    {
        if (entry.Rows == 0 || entry.Last != row)
        {
            entry = (entry.Rows + 1, row);
        }
    }

    private static IEnumerable<(string Term, int Rows)> Telling<T>(IEnumerable<KeyValuePair<T, (int Rows, int Last)>> seen, int rows, Func<T, string> term)
        => seen.Where(e => e.Value.Rows >= FewestTexts && e.Value.Rows < rows).Select(e => (term(e.Key), e.Value.Rows));

    // a word of a pair that is no term itself is known, but not counted
    private int IdOf(string word)
    {
        if (!_words.TryGetValue(word, out var entry))
        {
            _words[word] = entry = (_words.Count, -1);
        }

        return entry.Id;
    }
}
