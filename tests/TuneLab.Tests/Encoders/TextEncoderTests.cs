using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using static TuneLab.Tests.Encoders.EncodingTest;

namespace TuneLab.Tests.Encoders;

public class TextEncoderTests
{
    [Fact]
    public void Count_WordsAndPairs_FallIntoTheBucketsOfTheirHash()
    {
        var counts = new int[1 << 16]; // wide enough that these don't collide
        HashedWords.Count("Not good, not GOOD.", counts);

        // not 2, good 2, not-good 2, good-not 1
        Assert.Equal([1, 2, 2, 2], counts.Where(c => c > 0).Order());
        Assert.Equal(2, counts[Bucket("not", 1 << 16)]);
        Assert.Equal(2, counts[Bucket("good", 1 << 16)]);
    }

    [Theory]
    [InlineData("a", 745715392)] // sklearn.utils.murmurhash3_32(word, seed=314489979, positive=True)
    [InlineData("good", 1264296825)]
    [InlineData("foobar", 107863653)]
    [InlineData("KITCHEN7", 2857928374)] // of "kitchen7"
    public void WordHash_AsciiWord_IsMurmurHash3OfItInLowerCase(string word, uint hash) => Assert.Equal(hash, HashedWords.WordHash(word));

    [Fact]
    public void Count_TextWithoutWords_IsZero()
    {
        var counts = new int[64];

        HashedWords.Count(" ... !? \u2003\u3000", counts);
        Assert.All(counts, c => Assert.Equal(0, c));
    }

    [Fact]
    public void Transform_MissingText_IsZeroEverywhereButInItsFlag()
    {
        var table = FitTransform(new TextColumn("t", ["one two", null, "three", ""]));

        Assert.Equal([0, 1, 0, 1], Numbers(table, "t.missing")); // an empty text counts as missing
        foreach (var column in table.Columns.Where(c => c.Name != "t.missing").Cast<NumericFeature>())
        {
            Assert.Equal((0, 0), (column.Values[1], column.Values[3]));
        }

        Assert.Equal([(float)Math.Log(8), 0, (float)Math.Log(6), 0], Numbers(table, "t.length"));
    }

    [Fact]
    public void Fit_NeverMissing_HasNoFlagAndOnlyBucketsThatOccur()
    {
        var table = FitTransform(new TextColumn("t", ["apple", "lemon"]));

        int[] buckets = [Bucket("apple", 64), Bucket("lemon", 64)];
        Assert.Equal(buckets.Order().Select(b => $"t.hash{b}"), table.Columns.Select(c => c.Name));
    }

    [Fact]
    public void Transform_WordsUnseenAtTheFit_ChangeNoFeatureCount()
    {
        var encoding = FeatureEncoder.Fit([new TextColumn("t", ["apple", "lemon"])], [0, 1]);
        var table = encoding.Transform(Table(new TextColumn("t", ["quite other words here that nobody saw"])));

        Assert.Equal(2, table.Columns.Count);
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
        Assert.InRange(table.Columns.Count, 64, 66);
    }

    private static int Bucket(string word, int buckets)
    {
        var counts = new int[buckets];
        HashedWords.Count(word, counts);
        return Array.IndexOf(counts, 1);
    }
}
