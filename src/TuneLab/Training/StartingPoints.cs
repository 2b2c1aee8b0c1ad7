using System.Reflection;
using System.Text.Json;
using TuneLab.Space;

namespace TuneLab.Training;

/// <summary>
/// Configurations that did well over tables of 5,000 rows and more, chosen greedily so that together they suit most (as the portfolio of Auto-sklearn 2.0, Feurer et al. 2022, section 3.1, but by the place among the same random configurations on every table):
/// written by <c>TuneLab.Benchmarks -- portfolio choose</c> into the <c>Starts</c> folder of a trainer's engine, a file each trainer, which its assembly holds.
/// </summary>
public static class StartingPoints
{
    /// <summary>A trainer's, the most useful first; none where its engine has no file for it.</summary>
    /// <param name="engine">The assembly that holds the file <c>Starts/TRAINER.json</c>.</param>
    /// <param name="trainer">The trainer's id.</param>
    public static IReadOnlyList<Configuration> Of(Assembly engine, string trainer)
    {
        using var file = engine.GetManifestResourceStream($"Starts/{trainer}.json");
        if (file is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(file);
        return [.. document.RootElement.EnumerateArray().Select(s => new Configuration(trainer, s.EnumerateObject().Select(v => KeyValuePair.Create(v.Name, Value(v.Value)))))];
    }

    private static ParameterValue Value(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetDouble();
}
