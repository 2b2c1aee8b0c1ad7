using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Export;
using TuneLab.MLNet.Engine.Features;
using TuneLab.Randomness;

namespace TuneLab.MLNet.Tests.Engine.Export;

public class TextPartsTests
{
    // letters of one, two and three bytes, in all places of a group of four; separators; a pair of surrogates
    private const string Alphabet = "aZ9éß\u0130дЖ東ｚ  ,'-\u00A0\u2003\u3000_\U0001F600";

    [Fact]
    public void Add_DrawnTexts_AreCountedAsInProcess()
    {
        var random = new SeededRandom(11);
        string[] texts = ["", " ", "a", "not good, not GOOD", .. Enumerable.Range(0, 400).Select(_ => new string([.. Enumerable.Range(0, random.NextInt(40)).Select(_ => Alphabet[random.NextInt(Alphabet.Length)])]))];
        var steps = new Steps(new MLContext(1), new FeatureView([.. Enumerable.Range(0, texts.Length)], ViewColumn.Values("text", TextDataViewType.Instance, Array.ConvertAll(texts, t => t.AsMemory()))));
        var names = TextParts.Add(steps, "text", [.. Enumerable.Range(0, HashedWords.Buckets).Select(b => $"hash{b}"), "length", "missing"]).Where(n => n.Length > 0).ToArray();

        var made = steps.Now;
        Assert.Equal(["tunelab.text.words", "tunelab.text.length", "tunelab.text.missing"], names);
        var (words, lengths, missing) = (made.GetColumn<float[]>(names[0]).ToArray(), made.GetColumn<float>(names[1]).ToArray(), made.GetColumn<float>(names[2]).ToArray());
        Assert.All(Enumerable.Range(0, texts.Length), i =>
        {
            var counts = new int[HashedWords.Buckets];
            HashedWords.Count(texts[i], counts);
            Assert.Equal(Array.ConvertAll(counts, c => (float)Math.Log(1 + c)), words[i]);
            Assert.Equal((float)Math.Log(1 + texts[i].Length), lengths[i]);
            Assert.Equal(texts[i].Length == 0 ? 1 : 0, missing[i]);
        });
    }

    [Fact]
    public void Add_SomeBuckets_KeepsThemInTheirOrder()
    {
        string[] texts = ["apple", "lemon", "plum"];
        var table = FeatureEncoder.Fit([new TextColumn("text", texts)], [0, 1, 2]);
        var parts = table.Columns[0].Parts;
        var steps = new Steps(new MLContext(1), new FeatureView([0, 1, 2], ViewColumn.Values("text", TextDataViewType.Instance, Array.ConvertAll(texts, t => t.AsMemory()))));
        var names = TextParts.Add(steps, "text", parts).ToArray();

        var features = table.Transform(new Dataset("t", [new TextColumn("text", texts)])).Columns.Cast<NumericFeature>().ToArray();
        var words = steps.Now.GetColumn<float[]>(names[0]).ToArray();
        Assert.Equal(parts.Count, names.Length);
        Assert.InRange(words[0].Length, 2, 3);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(features.Take(words[0].Length).Select(f => f.Values[i]), words[i]));
    }
}
