using System.Text.Json;
using System.Text.RegularExpressions;
using TuneLab.Metrics;

namespace TuneLab.Experiments.Commands;

/// <summary>
/// What a program has said of its scores: each line of its output that is a JSON object with a number under the objective's name is a checkpoint. Other lines are for people, but the last JSON object has the final score.
/// Its numbers under other names are kept too, so that another objective can be read from what is stored.
/// </summary>
internal sealed partial class ScoreCurve(Objective objective)
{
    private const string RoundKey = "round";

    private readonly List<int> _rounds = [];
    private readonly List<Dictionary<string, double>> _numbers = [];
    private string? _last;
    private bool _lastCounts;

    /// <summary>[checkpoints] rounds, ascending: as said under <c>round</c>, else one more than before.</summary>
    public IReadOnlyList<int> Rounds => _rounds;

    /// <summary>[checkpoints] the score turned so that less is better.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Why there is no final score; null when there is one.</summary>
    public string? Fault
        => _last is null ? $"it printed no JSON line such as {{\"{objective.Id}\": 0.9}}"
            : _lastCounts ? null
            : $"its last JSON line has no number '{objective.Id}': {(_last.Length > 200 ? _last[..200] + "..." : _last)}";

    /// <summary>[metrics] every name that had a number, in ordinal order.</summary>
    public string[] Metrics => [.. _numbers.SelectMany(n => n.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>[checkpoints x metrics], NaN where a line had none.</summary>
    public double[] Scores(string[] metrics) => [.. _numbers.SelectMany(n => metrics.Select(m => n.GetValueOrDefault(m, double.NaN)))];

    /// <summary>Takes in a line; true when it is a checkpoint.</summary>
    public bool Add(string line)
    {
        var text = line.Trim();
        if (!text.StartsWith('{') || Parse(text) is not { } document)
        {
            return false;
        }

        using (document)
        {
            var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDouble(out var number) && double.IsFinite(number))
                {
                    numbers[property.Name] = number;
                }
            }

            _last = text;
            _lastCounts = numbers.TryGetValue(objective.Id, out var score);
            if (!_lastCounts)
            {
                return false;
            }

            var before = _rounds.Count == 0 ? 0 : _rounds[^1];
            _rounds.Add(objective.Id != RoundKey && numbers.Remove(RoundKey, out var round) && round > before && round <= int.MaxValue ? (int)round : before + 1);
            _numbers.Add(numbers);
            Losses.Add(objective.HigherIsBetter ? -score : score);
            return true;
        }
    }

    // Python writes NaN and Infinity, which JSON does not know: such a number is none
    private static JsonDocument? Parse(string text) => TryParse(text) ?? (text.EndsWith('}') ? TryParse(NoNumber().Replace(text, "$1null")) : null);

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"([:\[,]\s*)(NaN|-?Infinity)(?=\s*[,\]}])", RegexOptions.CultureInvariant)]
    private static partial Regex NoNumber();
}
