using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Output;

/// <summary>The JSON form of a verdict.</summary>
internal static class VerdictJson
{
    public static JsonObject Of(Verdict verdict) => new()
    {
        ["outcome"] = verdict.Outcome.ToString().ToLowerInvariant(),
        ["effect"] = ResultJson.Number(verdict.Effect),
        ["low"] = ResultJson.Number(verdict.Low),
        ["high"] = ResultJson.Number(verdict.High),
        ["by"] = ResultJson.Number(verdict.By),
        ["p"] = ResultJson.Number(verdict.P),
        ["sentence"] = verdict.Sentence,
        ["more"] = verdict.More,
        ["tests"] = new JsonArray([.. verdict.Tests.Select(t => (JsonNode)new JsonObject
        {
            ["id"] = t.Id,
            ["effect"] = ResultJson.Number(t.Effect),
            ["low"] = ResultJson.Number(t.Low),
            ["high"] = ResultJson.Number(t.High),
            ["by"] = ResultJson.Number(t.By),
            ["p"] = ResultJson.Number(t.P),
            ["note"] = t.Note,
        })]),
    };

    public static Verdict Read(JsonElement verdict) => new(
        Enum.Parse<VerdictOutcome>(verdict.GetProperty("outcome").GetString()!, true), ResultJson.Number(verdict, "effect"), ResultJson.Number(verdict, "low"), ResultJson.Number(verdict, "high"),
        ResultJson.Number(verdict, "by"), ResultJson.Number(verdict, "p"), verdict.GetProperty("sentence").GetString()!)
    {
        // a result stored by a version before this one has neither
        More = verdict.TryGetProperty("more", out var more) && more.ValueKind == JsonValueKind.Number ? more.GetInt64() : null,
        Tests = verdict.TryGetProperty("tests", out var tests)
            ? [.. tests.EnumerateArray().Select(t => new SupportingTest(t.GetProperty("id").GetString()!, ResultJson.Number(t, "effect"), ResultJson.Number(t, "low"), ResultJson.Number(t, "high"), ResultJson.Number(t, "by"), ResultJson.Number(t, "p"), t.GetProperty("note").GetString()!))]
            : [],
    };
}
