using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TuneLab.Tests.Experiments.Files;

/// <summary>Checks JSON against the part of JSON Schema that the experiment's schema uses; an unknown keyword fails, so that none is passed over.</summary>
internal static class SchemaWalker
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "default", "examples"];

    /// <summary>Where and why it does not fit; empty when it does.</summary>
    public static List<string> Check(JsonObject schema, JsonNode? value, string path = "")
    {
        var faults = new List<string>();
        foreach (var (keyword, rule) in schema)
        {
            if (!Annotations.Contains(keyword))
            {
                faults.AddRange(Keyword(schema, keyword, rule!, value, path));
            }
        }

        return faults;
    }

    private static IEnumerable<string> Keyword(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string path) => keyword switch
    {
        "type" => Fails(!(rule is JsonArray types ? types.Select(t => (string)t!) : [(string)rule!]).Any(t => Is(value, t)), path, "type"),
        "enum" => Fails(!rule.AsArray().Any(v => JsonNode.DeepEquals(v, value)), path, "enum"),
        "const" => Fails(!JsonNode.DeepEquals(rule, value), path, "const"),
        "pattern" => Fails(value is JsonValue v && Is(v, "string") && !Regex.IsMatch((string)v!, (string)rule!), path, "pattern"),
        "minLength" => Fails(Is(value, "string") && ((string)value!).Length < (int)rule, path, "minLength"),
        "minimum" => Fails(Number(value) < (double)rule, path, keyword),
        "maximum" => Fails(Number(value) > (double)rule, path, keyword),
        "exclusiveMinimum" => Fails(Number(value) <= (double)rule, path, keyword),
        "exclusiveMaximum" => Fails(Number(value) >= (double)rule, path, keyword),
        "anyOf" => Fails(rule.AsArray().All(s => Check(s!.AsObject(), value, path).Count > 0), path, "anyOf"),
        "required" => rule.AsArray().Where(k => value is JsonObject o && !o.ContainsKey((string)k!)).Select(k => $"{path}: required {k}"),
        "minItems" => Fails(value is JsonArray a && a.Count < (int)rule, path, "minItems"),
        "uniqueItems" => Fails(value is JsonArray a && a.Select(i => i!.ToJsonString()).Distinct().Count() < a.Count, path, "uniqueItems"),
        "items" => value is JsonArray items ? items.SelectMany((item, i) => Check(rule.AsObject(), item, $"{path}.{i}")) : [],
        "properties" => value is JsonObject o ? o.Where(p => rule[p.Key] is not null).SelectMany(p => Check(rule[p.Key]!.AsObject(), p.Value, path + "." + p.Key)) : [],
        "additionalProperties" => value is JsonObject o
            ? o.Where(p => schema["properties"]?[p.Key] is null).SelectMany(p => rule is JsonObject inner ? Check(inner, p.Value, path + "." + p.Key) : [$"{path}.{p.Key}: unknown"])
            : [],
        _ => throw new NotSupportedException($"The keyword {keyword} is not checked."),
    };

    private static string[] Fails(bool fails, string path, string keyword) => fails ? [path + ": " + keyword] : [];

    private static double Number(JsonNode? value) => Is(value, "number") ? (double)value! : double.NaN;

    private static bool Is(JsonNode? value, string type) => (type, value) switch
    {
        ("object", JsonObject) or ("array", JsonArray) => true,
        (_, JsonValue v) => (type, v.GetValueKind()) switch
        {
            ("string", System.Text.Json.JsonValueKind.String) => true,
            ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
            ("number", System.Text.Json.JsonValueKind.Number) => true,
            ("integer", System.Text.Json.JsonValueKind.Number) => Math.Floor((double)v) == (double)v,
            _ => false,
        },
        _ => false,
    };
}
