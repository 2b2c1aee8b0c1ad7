using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>The parts of a text, as <see cref="HashedWords"/> counts them, by ML.NET's tokenizer and hashes.</summary>
internal static class TextParts
{
    private const string Bucket = "hash";

    /// <summary>Adds the columns: one vector for all buckets of the parts, and one float for each other part.</summary>
    /// <param name="steps">Where to.</param>
    /// <param name="column">The raw column, of texts.</param>
    /// <param name="parts">The parts' names: the buckets first.</param>
    /// <returns>One for each part: the vector for the first bucket, nothing for the others, the floats.</returns>
    public static IEnumerable<string> Add(Steps steps, string column, IReadOnlyList<string> parts)
    {
        string Name(string part) => steps.Helper(column + "." + part);
        var buckets = parts.Where(p => p.StartsWith(Bucket, StringComparison.Ordinal)).Select(p => int.Parse(p.AsSpan(Bucket.Length), CultureInfo.InvariantCulture)).ToArray();
        if (buckets.Length > 0)
        {
            AddBuckets(steps, column, Name("words"), buckets);
        }

        foreach (var (part, i) in parts.Select((p, i) => (p, i)))
        {
            if (i < buckets.Length)
            {
                yield return i == 0 ? Name("words") : "";
                continue;
            }

            var expression = part switch
            {
                "length" => "t : log(1f + single(len(t)))",
                "missing" => "t : len(t) == 0 ? 1f : 0f",
                _ => throw new NotSupportedException($"A text has no part '{part}'."),
            };
            steps.Add(steps.Context.Transforms.Expression(Name(part), expression, column));
            yield return Name(part);
        }
    }

    private static void AddBuckets(Steps steps, string column, string name, int[] buckets)
    {
        var transforms = steps.Context.Transforms;
        steps.Add(transforms.Text.NormalizeText(name, column, TextNormalizingEstimator.CaseMode.Lower, keepDiacritics: true, keepPunctuations: true, keepNumbers: true));
        steps.Add(transforms.Text.TokenizeIntoWords(name, separators: [.. HashedWords.Separators]));
        steps.Add(transforms.Conversion.Hash(name, numberOfBits: HashedWords.WordBits));
        steps.Add(transforms.Text.ProduceHashedNgrams(name, name, numberOfBits: HashedWords.BucketBits, ngramLength: 2, skipLength: 0, useAllLengths: true, seed: HashedWords.Seed, useOrderedHashing: false, rehashUnigrams: true));
        steps.Add(transforms.Expression(name, "count : log(1f + count)", name));
        if (buckets.Length < HashedWords.Buckets)
        {
            // ML.NET learns which slots to keep from rows: this row has these ones only
            var kept = Enumerable.Range(0, HashedWords.Buckets).Select(b => buckets.Contains(b) ? 1f : 0f).ToArray();
            steps.Add(transforms.FeatureSelection.SelectFeaturesBasedOnCount(name, count: 1), new FeatureView([0], ViewColumn.Vectors(name, kept)));
        }
    }
}
