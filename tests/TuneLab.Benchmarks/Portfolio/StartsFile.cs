using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.MLNet;
using TuneLab.Space;
using TuneLab.Testing;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>The starting points that a trainer is built with: an array of objects, a hyperparameter each name.</summary>
internal static class StartsFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Writes them.</summary>
    /// <param name="trainer">What the trainer says of itself.</param>
    /// <param name="starts">The most useful first.</param>
    public static void Write(TrainerInfo trainer, IReadOnlyList<Configuration> starts)
    {
        var folder = RepositoryFile.At($"src/{(trainer.Engine == MLNetTrainerIds.Engine ? "TuneLab.MLNet" : "TuneLab.Learners")}/Starts");
        Directory.CreateDirectory(folder);
        var array = new JsonArray([.. starts.Select(s => new JsonObject(s.Values.Select(v => KeyValuePair.Create(v.Key, v.Value.Name is { } name ? (JsonNode?)name : v.Value.Number))))]);
        File.WriteAllText(Path.Combine(folder, trainer.Id + ".json"), array.ToJsonString(Readable) + "\n");
    }
}
