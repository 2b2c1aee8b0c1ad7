using System.Text.Json.Nodes;

namespace TuneLab.Benchmarks.Learners;

/// <summary>Boosting of another library.</summary>
/// <param name="name">Its name in peers.py.</param>
/// <param name="server">Where it runs.</param>
internal sealed class PeerBoosting(string name, PeerServer server) : IContender
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Measured Fit(TablePart part, BoostingCase settings)
        => Times(server.Ask(part, new JsonObject { ["do"] = "fit", ["peer"] = name, ["rounds"] = settings.Rounds, ["leaves"] = settings.Leaves, ["threads"] = settings.Threads }));

    /// <inheritdoc/>
    public PredictTimes Predict(TablePart part, int threads)
    {
        var answer = server.Ask(part, new JsonObject { ["do"] = "predict", ["peer"] = name, ["threads"] = threads });
        return new PredictTimes(Times(answer["table_time"]!), Times(answer["single_time"]!), answer["how"]!.GetValue<string>());
    }

    private static Measured Times(JsonNode node) => new(node["seconds"]!.GetValue<double>(), node["cpu"]!.GetValue<double>());
}
