using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>The starting points that a trainer is built with: an array of objects, a hyperparameter each name.</summary>
internal static class StartsFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Writes them, numbers to three figures.</summary>
    public static void Write(string trainer, IReadOnlyList<Configuration> starts)
    {
        var array = new JsonArray([.. starts.Select(s => new JsonObject(s.Values.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Key, Node(v.Value)))))]);
        File.WriteAllText(RepositoryFile.At($"src/TuneLab.Learners/Starts/{trainer}.json"), array.ToJsonString(Readable) + "\n");
    }

    private static JsonNode Node(ParameterValue value) => value.Name is { } text ? text : value.Number == Math.Floor(value.Number) ? (long)value.Number : double.Parse(value.Number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
