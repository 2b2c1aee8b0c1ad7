using System.Text.Json;
using TuneLab.Space;

namespace TuneLab.Learners.Starts;

/// <summary>
/// Configurations that did well over tables of 5,000 rows and more, chosen greedily so that together they suit most (as the portfolio of Auto-sklearn 2.0, Feurer et al. 2022, section 3.1, but by the place among the same random configurations on every table):
/// written by <c>TuneLab.Benchmarks -- portfolio choose</c> into the files beside this one.
/// </summary>
internal static class StartingPoints
{
    /// <summary>A trainer's, the most useful first.</summary>
    /// <param name="trainer">The trainer's id.</param>
    public static IReadOnlyList<Configuration> Of(string trainer)
    {
        using var file = typeof(StartingPoints).Assembly.GetManifestResourceStream($"Starts/{trainer}.json")!;
        using var document = JsonDocument.Parse(file);
        return [.. document.RootElement.EnumerateArray().Select(s => new Configuration(trainer, s.EnumerateObject().Select(v => KeyValuePair.Create(v.Name, Value(v.Value)))))];
    }

    private static ParameterValue Value(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetDouble();
}
