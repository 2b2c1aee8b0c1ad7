using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using static TuneLab.Tests.Encoders.EncodingTest;

namespace TuneLab.Tests.Encoders;

public class TextEncoderTests
{
    private const string Letters = "aB9é\u0130д東 ,'-\u2003\u3000_\U0001F600";

    [Fact]
    public void Transform_WordsAndPairs_AreCountedInLowerCase()
    {
        var table = FitTransform(new TextColumn("t", ["Not good, not GOOD.", "good not good", "so so", "quite so", "quite", "not", "good"]));

        Assert.Equal(["t.good", "t.not", "t.quite", "t.so", "t.good not", "t.not good", "t.#length"], table.Columns.Select(c => c.Name)); // "so so" and "quite so" are in one row each
        Assert.Equal([Log(2), Log(2), 0, 0, 0, 0, Log(1)], Numbers(table, "t.good"));
        Assert.Equal([Log(2), Log(1), 0, 0, 0, Log(1), 0], Numbers(table, "t.not"));
        Assert.Equal([0, 0, Log(2), Log(1), 0, 0, 0], Numbers(table, "t.so"));
        Assert.Equal([Log(2), Log(1), 0, 0, 0, 0, 0], Numbers(table, "t.not good"));
        Assert.Equal([Log(1), Log(1), 0, 0, 0, 0, 0], Numbers(table, "t.good not"));
    }

    [Fact]
    public void Fit_PairThatIsWhereverItsWordIs_IsLeftOut()
        => Assert.Equal(["t.good", "t.not"], FitTransform(new TextColumn("t", ["not good", "not good", "so so so", "not bad."])).Columns.Select(c => c.Name).Where(n => n != "t.#length"));

    [Fact]
    public void Transform_DrawnTexts_CountsAreThoseOfSplittingAtSeparators()
    {
        var random = new SeededRandom(12);
        string[] texts = [.. Enumerable.Range(0, 500).Select(_ => new string([.. Enumerable.Range(0, random.NextInt(25)).Select(_ => Letters[random.NextInt(Letters.Length)])]))];
        var encoding = FeatureEncoder.Fit([new TextColumn("t", texts)], [.. Enumerable.Range(0, texts.Length)]);
        var table = encoding.Transform(Table(new TextColumn("t", texts)));
        var tokens = Array.ConvertAll(texts, t => new string([.. t.Select(char.ToLowerInvariant)]).Split(Words.Separators.ToArray(), StringSplitOptions.RemoveEmptyEntries));
        string[] terms = [.. encoding.Columns[0].Parts.Where(p => p[0] != '#')];

        Assert.InRange(terms.Length, 50, 200);
        Assert.Contains(terms, t => t.Contains(' ', StringComparison.Ordinal));
        foreach (var term in terms)
        {
            var words = term.Split(' ');
            var counts = tokens.Select(row => Enumerable.Range(0, Math.Max(0, row.Length - words.Length + 1)).Count(i => row.AsSpan(i, words.Length).SequenceEqual(words)));
            Assert.Equal(counts.Select(Log), Numbers(table, "t." + term));
        }
    }

    [Fact]
    public void Fit_MoreWordsThanAreKept_KeepsThoseThatTellMostTextsApart()
    {
        var random = new SeededRandom(3);
        string[] texts = [.. Enumerable.Range(0, 400).Select(i => "always " + (i % 2 == 0 ? "half " : "") + string.Join(' ', Enumerable.Range(0, 6).Select(_ => "rare" + random.NextInt(600))))];
        var parts = FeatureEncoder.Fit([new TextColumn("t", texts)], [.. Enumerable.Range(0, texts.Length)]).Columns[0].Parts;

        Assert.Equal(201, parts.Count);
        Assert.Contains("half", parts);
        Assert.DoesNotContain("always", parts);
        Assert.Equal("#length", parts[^1]);
    }

    [Fact]
    public void Transform_MissingText_IsZeroEverywhereButInItsFlag()
    {
        var table = FitTransform(new TextColumn("t", ["one two", null, "three", "", "one", "three two"]));

        Assert.Equal([0, 1, 0, 1, 0, 0], Numbers(table, "t.#missing")); // an empty text counts as missing
        foreach (var column in table.Columns.Where(c => c.Name != "t.#missing").Cast<NumericFeature>())
        {
            Assert.Equal((0, 0), (column.Values[1], column.Values[3]));
        }

        Assert.Equal([Log(7), 0, Log(5), 0, Log(3), Log(9)], Numbers(table, "t.#length"));
    }

    [Fact]
    public void Fit_NoWordTwice_LeavesTheLength()
        => Assert.Equal(["t.#length"], FitTransform(new TextColumn("t", ["apple", "pear"])).Columns.Select(c => c.Name));

    [Fact]
    public void Transform_WordsUnseenAtTheFit_ChangeNoFeatureCount()
    {
        var encoding = FeatureEncoder.Fit([new TextColumn("t", ["apple", "pear", "pear"])], [0, 1, 2]);
        var table = encoding.Transform(Table(new TextColumn("t", ["quite other words here that nobody saw, " + new string('x', 100)])));

        Assert.Equal(2, table.Columns.Count);
        Assert.Equal([0], Numbers(table, "t.pear"));
    }

    [Fact]
    public void Transform_LongTexts_AllocatesLittleMoreThanItsFeatures()
    {
        const int rows = 5_000;
        var random = new Seed(3).Random();
        var texts = new string[rows];
        for (var i = 0; i < rows; i++)
        {
            texts[i] = string.Join(' ', Enumerable.Range(0, 40).Select(_ => "word" + random.NextInt(100_000)));
        }

        var column = new TextColumn("t", texts);
        var data = Table(column);
        var encoding = FeatureEncoder.Fit([column], AllRows(column));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var table = encoding.Transform(data);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var features = (long)table.Columns.Count * rows * sizeof(float);
        Assert.InRange(allocated, features, features + 100_000); // nothing per word or per row
        Assert.Equal(201, table.Columns.Count);
    }

    private static float Log(int count) => (float)Math.Log(1 + count);
}
