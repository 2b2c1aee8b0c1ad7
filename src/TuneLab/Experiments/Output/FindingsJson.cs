using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Analysis.Findings;

namespace TuneLab.Experiments.Output;

/// <summary>The JSON form of findings: in a result, and in what <c>check</c> and <c>describe</c> print.</summary>
public static class FindingsJson
{
    /// <summary>As a list.</summary>
    public static JsonArray Of(IReadOnlyList<Finding> findings) => new([.. findings.Select(f => (JsonNode)new JsonObject
    {
        ["id"] = f.Id,
        ["severity"] = f.Severity.ToString().ToLowerInvariant(),
        ["columns"] = new JsonArray([.. f.Columns.Select(c => (JsonNode)c)]),
        ["sentence"] = f.Sentence,
        ["advice"] = f.Advice,
    })]);

    /// <summary>Reads <see cref="Of"/> back; null where a result has none: it is a program's, or was stored before there were findings.</summary>
    /// <param name="result">The whole result.</param>
    internal static IReadOnlyList<Finding>? Find(JsonElement result)
        => result.TryGetProperty("findings", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(f => new Finding(
                f.GetProperty("id").GetString()!, Enum.Parse<FindingSeverity>(f.GetProperty("severity").GetString()!, ignoreCase: true),
                [.. f.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)], f.GetProperty("sentence").GetString()!, f.GetProperty("advice").GetString()!))]
            : null;
}
