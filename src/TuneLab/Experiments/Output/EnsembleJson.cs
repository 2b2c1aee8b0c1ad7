using System.Text.Json;
using System.Text.Json.Nodes;
using static TuneLab.Experiments.Output.ResultJson;

namespace TuneLab.Experiments.Output;

/// <summary>The ensemble in a result's JSON, or the reason why it was left out; null where the plan asks for none, as in results stored before there were ensembles.</summary>
internal static class EnsembleJson
{
    /// <summary>The ensemble as a tree.</summary>
    public static JsonObject Of(EnsembleSummary e)
    {
        var scores = new JsonObject();
        foreach (var (name, value) in e.Scores)
        {
            scores[name] = Number(value);
        }

        return new JsonObject
        {
            ["members"] = new JsonArray([.. e.Members.Select(m => (JsonNode)new JsonObject
            {
                ["trial"] = m.Trial,
                ["trainer"] = m.Trainer,
                ["settled"] = Node(m.Settled),
                ["rounds"] = m.Rounds,
                ["weight"] = m.Weight,
            })]),
            ["candidates"] = e.Candidates,
            ["metric"] = e.Metric,
            ["validation"] = Number(e.Validation),
            ["single"] = Number(e.Single),
            ["holdout"] = e.Holdout is { } holdout ? new JsonObject { ["value"] = Number(holdout.Value), ["low"] = Number(holdout.Low), ["high"] = Number(holdout.High) } : null,
            ["gain"] = e.Gain is { } gain ? new JsonObject { ["effect"] = Number(gain.Effect), ["low"] = Number(gain.Low), ["high"] = Number(gain.High), ["p"] = Number(gain.P) } : null,
            ["scores"] = scores,
        };
    }

    /// <summary>Reads <see cref="Of"/> back.</summary>
    /// <param name="result">The whole result.</param>
    public static EnsembleSummary? Find(JsonElement result)
    {
        if (!(result.TryGetProperty("ensemble", out var e) && e.ValueKind == JsonValueKind.Object && e.TryGetProperty("members", out var members)))
        {
            return null;
        }

        return new EnsembleSummary
        {
            Members = [.. members.EnumerateArray().Select(m =>
            {
                var trainer = m.GetProperty("trainer").GetString()!;
                return new EnsembleMember(Whole(m, "trial"), trainer, ConfigurationOf(trainer, m.GetProperty("settled")), Whole(m, "rounds"), Number(m, "weight"));
            })],
            Candidates = Whole(e, "candidates"),
            Metric = e.GetProperty("metric").GetString()!,
            Validation = Number(e, "validation"),
            Single = Number(e, "single"),
            Holdout = e.GetProperty("holdout") is { ValueKind: JsonValueKind.Object } holdout ? new HoldoutScore(Number(holdout, "value"), Number(holdout, "low"), Number(holdout, "high")) : null,
            Gain = e.GetProperty("gain") is { ValueKind: JsonValueKind.Object } gain ? new EnsembleGain(Number(gain, "effect"), Number(gain, "low"), Number(gain, "high"), Number(gain, "p")) : null,
            Scores = e.GetProperty("scores").EnumerateObject().ToDictionary(s => s.Name, s => s.Value.ValueKind == JsonValueKind.Number ? s.Value.GetDouble() : double.NaN),
        };
    }

    /// <summary>Why it was left out, or null.</summary>
    /// <param name="result">The whole result.</param>
    public static string? LeftOut(JsonElement result)
        => result.TryGetProperty("ensemble", out var e) && e.ValueKind == JsonValueKind.Object && e.TryGetProperty("left_out", out var reason) ? reason.GetString() : null;
}
