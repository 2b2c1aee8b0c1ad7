using System.Text.Json;

namespace TuneLab.Cli.Tests;

/// <summary>The shape of a JSON document, a line per distinct path: <c>best.validation.mean number</c>. Values don't matter.</summary>
internal static class JsonShape
{
    public static string Of(JsonElement root)
    {
        var lines = new List<string>();
        Add(lines, "", root);
        return string.Join('\n', lines.Distinct()) + "\n";
    }

    private static void Add(List<string> lines, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                if (!element.EnumerateObject().Any())
                {
                    lines.Add(path + " {}");
                }

                foreach (var property in element.EnumerateObject())
                {
                    Add(lines, path.Length == 0 ? property.Name : path + "." + property.Name, property.Value);
                }

                break;
            case JsonValueKind.Array:
                lines.Add((path.Length == 0 ? "document" : path) + " []");
                foreach (var item in element.EnumerateArray())
                {
                    Add(lines, path + "[]", item);
                }

                break;
            default:
                lines.Add(path + " " + (element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : element.ValueKind.ToString().ToLowerInvariant()));
                break;
        }
    }
}
