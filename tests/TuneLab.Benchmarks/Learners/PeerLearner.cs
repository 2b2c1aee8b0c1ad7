using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace TuneLab.Benchmarks.Learners;

/// <summary>A learner of another library.</summary>
/// <param name="name">Its name in peers.py.</param>
/// <param name="server">Where it runs.</param>
/// <param name="settings">Its hyperparameters, as peers.py names them, the last round among them.</param>
internal sealed class PeerLearner(string name, Lazy<PeerServer> server, JsonObject settings) : ILearner
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Measured Fit(TablePart part, int threads) => Times(Ask(part, "fit", threads));

    /// <inheritdoc/>
    public PredictTimes Predict(TablePart part, int threads)
    {
        var answer = Ask(part, "predict", threads);
        return new PredictTimes(Times(answer["table_time"]!), Times(answer["single_time"]!), answer["how"]!.GetValue<string>());
    }

    /// <inheritdoc/>
    public double[][] Stages(TablePart part, IReadOnlyList<int> stages)
    {
        var file = server.Value.FileOf("predictions");
        Ask(part, "stages", 1, new JsonObject { ["stages"] = new JsonArray([.. stages.Select(s => (JsonNode)s)]), ["out"] = file });
        var all = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file)).ToArray();
        var each = part.Valid.Length * part.Table.Source.Outputs;
        return all.Length == each * stages.Count
            ? [.. all.Chunk(each)]
            : throw new InvalidOperationException($"peers.py wrote {all.Length} numbers for {name}, not {stages.Count} x {each}.");
    }

    private JsonNode Ask(TablePart part, string what, int threads, JsonObject? more = null)
    {
        var request = more ?? [];
        foreach (var (key, value) in settings)
        {
            request[key] = value?.DeepClone();
        }

        (request["do"], request["peer"], request["threads"], request["seed"]) = (what, name, threads, part.Number);
        return server.Value.Ask(part, request);
    }

    private static Measured Times(JsonNode node) => new(node["seconds"]!.GetValue<double>(), node["cpu"]!.GetValue<double>());
}
