using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>The starting points that a trainer is built with: an array of objects, a hyperparameter each name.</summary>
internal static class StartsFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Writes them.</summary>
    public static void Write(string trainer, IReadOnlyList<Configuration> starts)
    {
        var array = new JsonArray([.. starts.Select(s => new JsonObject(s.Values.Select(v => KeyValuePair.Create(v.Key, v.Value.Name is { } name ? (JsonNode?)name : v.Value.Number))))]);
        File.WriteAllText(RepositoryFile.At($"src/TuneLab.Learners/Starts/{trainer}.json"), array.ToJsonString(Readable) + "\n");
    }
}
