using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>The parts of a text, counted by ML.NET's tokenizer and dictionaries as TuneLab counts them in process.</summary>
internal static class TextParts
{
    /// <summary>Adds the columns: a vector for the words, one for the pairs, and a float for each other part.</summary>
    /// <param name="steps">Where to.</param>
    /// <param name="column">The raw column, of texts.</param>
    /// <param name="parts">The parts' names: words, pairs, others.</param>
    /// <returns>One for each part: the vector for its first one, nothing for the others of it, the floats.</returns>
    public static IEnumerable<string> Add(Steps steps, string column, IReadOnlyList<string> parts)
    {
        string Name(string part) => steps.Helper(column + "." + part);
        var (words, pairs) = (parts.Where(p => p[0] != '#' && !p.Contains(' ', StringComparison.Ordinal)).ToArray(), parts.Where(p => p.Contains(' ', StringComparison.Ordinal)).ToArray());
        if (words.Length + pairs.Length > 0)
        {
            var transforms = steps.Context.Transforms;
            steps.Add(transforms.Text.NormalizeText(Name("tokens"), column, TextNormalizingEstimator.CaseMode.Lower, keepDiacritics: true, keepPunctuations: true, keepNumbers: true));
            steps.Add(transforms.Text.TokenizeIntoWords(Name("tokens"), separators: [.. Words.Separators]));
        }

        if (words.Length > 0)
        {
            AddWords(steps, Name("tokens"), Name("words"), words);
        }

        if (pairs.Length > 0)
        {
            AddPairs(steps, Name("tokens"), Name("pairs"), pairs);
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (i < words.Length + pairs.Length)
            {
                yield return i == 0 && words.Length > 0 ? Name("words") : i == words.Length ? Name("pairs") : "";
                continue;
            }

            var expression = parts[i] switch
            {
                "#length" => "t : log(1f + single(len(t)))",
                "#missing" => "t : len(t) == 0 ? 1f : 0f",
                _ => throw new NotSupportedException($"A text has no part '{parts[i]}'."),
            };
            steps.Add(steps.Context.Transforms.Expression(Name(parts[i]), expression, column));
            yield return Name(parts[i]);
        }
    }

    private static void AddWords(Steps steps, string tokens, string name, string[] words)
    {
        AddKeys(steps, tokens, name, words);
        steps.Add(steps.Context.Transforms.Conversion.MapKeyToVector(name, outputCountVector: true));
        AddLog(steps, name);
    }

    private static void AddPairs(Steps steps, string tokens, string name, string[] pairs)
    {
        var split = Array.ConvertAll(pairs, p => p.Split(' '));
        string[] words = [.. split.SelectMany(w => w).Distinct()];
        AddKeys(steps, tokens, name, words);

        // ML.NET learns which pairs to count from rows: these rows are one pair each
        var rows = Array.ConvertAll(split, pair => Array.ConvertAll(pair, word => (uint)Array.IndexOf(words, word) + 1));
        var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), words.Length));
        steps.Add(
            steps.Context.Transforms.Text.ProduceNgrams(name, name, ngramLength: 2, skipLength: 0, useAllLengths: false, maximumNgramsCount: pairs.Length, weighting: NgramExtractingEstimator.WeightingCriteria.Tf),
            new FeatureView([.. Enumerable.Range(0, rows.Length)], ViewColumn.Vectors(name, type, rows)));
        AddLog(steps, name);
    }

    // a token that is none of the words has no key
    private static void AddKeys(Steps steps, string tokens, string name, string[] words)
    {
        var keys = new FeatureView([.. Enumerable.Range(0, words.Length)], ViewColumn.Values("Word", TextDataViewType.Instance, Array.ConvertAll(words, w => w.AsMemory())));
        steps.Add(steps.Context.Transforms.Conversion.MapValueToKey(name, tokens, keyData: keys));
    }

    private static void AddLog(Steps steps, string name) => steps.Add(steps.Context.Transforms.Expression(name, "count : log(1f + count)", name));
}
