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
    private const string Alphabet = "aZ9éß\u0130дЖ東ｚ  ,'-\u00A0\u2003\u3000_\U0001F600";

    [Fact]
    public void Add_DrawnTexts_AreCountedAsInProcess()
    {
        var random = new SeededRandom(11);
        string[] texts = ["", " ", "a", "not good, not GOOD", .. Enumerable.Range(0, 600).Select(_ => new string([.. Enumerable.Range(0, random.NextInt(25)).Select(_ => Alphabet[random.NextInt(Alphabet.Length)])]))];
        var encoding = FeatureEncoder.Fit([new TextColumn("text", texts)], [.. Enumerable.Range(0, texts.Length / 2)]);
        var parts = encoding.Columns[0].Parts;
        Assert.Contains(parts, p => p.Contains(' ', StringComparison.Ordinal));
        Assert.Equal(["#length", "#missing"], parts.TakeLast(2));

        var made = Made(texts, parts);
        var features = encoding.Transform(new Dataset("t", [new TextColumn("text", texts)])).Columns.Cast<NumericFeature>().ToArray();
        Assert.Equal(parts.Count, made[0].Length);
        Assert.All(Enumerable.Range(0, texts.Length), i => Assert.Equal(features.Select(f => f.Values[i]), made[i]));
    }

    [Theory]
    [InlineData("good")]
    [InlineData("good not")]
    [InlineData("#length")]
    [InlineData("bad", "not bad", "bad not")]
    public void Add_SomeParts_MakesThoseInTheirOrder(params string[] parts)
    {
        var made = Made(["bad not bad", "not good not good", "not bad"], parts);
        Assert.Equal(parts.Length, made[0].Length);
        Assert.Equal(
            parts.Select(p => (float)Math.Log(1 + (p switch { "#length" => 11, "bad" => 2, "bad not" or "not bad" => 1, _ => 0 }))), made[0]);
    }

    private static float[][] Made(string[] texts, IReadOnlyList<string> parts)
    {
        var steps = new Steps(new MLContext(1), new FeatureView([.. Enumerable.Range(0, texts.Length)], ViewColumn.Values("text", TextDataViewType.Instance, Array.ConvertAll(texts, t => t.AsMemory()))));
        string[] names = [.. TextParts.Add(steps, "text", parts)];
        Assert.Equal(parts.Count, names.Length);
        steps.Add(steps.Context.Transforms.Concatenate("all", [.. names.Where(n => n.Length > 0)]));
        return [.. steps.Now.GetColumn<float[]>("all")];
    }
}
