using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace TuneLab.Benchmarks.Learners;

/// <summary>A learner of another library.</summary>
/// <param name="name">Its name in peers.py.</param>
/// <param name="server">Where it runs.</param>
/// <param name="settings">Its hyperparameters, as peers.py names them.</param>
internal sealed class PeerScores(string name, Lazy<PeerServer> server, JsonObject settings) : IScored
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double[][] Predict(TablePart part, IReadOnlyList<int> stages)
    {
        var request = (JsonObject)settings.DeepClone();
        request["do"] = "stages";
        request["peer"] = name;
        request["rounds"] = stages[^1];
        request["stages"] = new JsonArray([.. stages.Select(s => (JsonNode)s)]);
        request["threads"] = 1;
        request["seed"] = part.Number;
        request["out"] = server.Value.FileOf("predictions");
        server.Value.Ask(part, request);
        var all = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(server.Value.FileOf("predictions"))).ToArray();
        var each = part.Valid.Length * part.Table.Source.Outputs;
        return all.Length == each * stages.Count
            ? [.. all.Chunk(each)]
            : throw new InvalidOperationException($"peers.py wrote {all.Length} numbers for {name}, not {stages.Count} x {each}.");
    }
}
