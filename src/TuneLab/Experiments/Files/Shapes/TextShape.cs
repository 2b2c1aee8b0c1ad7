using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>Text. A number or a boolean is taken as it is written: classes and columns are often called 1 or true.</summary>
/// <param name="what">What the text is, in words that follow "allowed is".</param>
/// <param name="empty">Whether it may be empty.</param>
/// <param name="examples">Known values that an editor proposes; others are allowed.</param>
public sealed class TextShape(string what = "a text", bool empty = false, params string[] examples) : ScalarShape<string>
{
    public override string Allowed => what;

    protected override bool TryParse(ScalarNode node, [MaybeNullWhen(false)] out string value)
    {
        value = node.Text;
        return (empty || !string.IsNullOrWhiteSpace(value)) && !value.Contains('\0', StringComparison.Ordinal);
    }

    public override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        if (!empty)
        {
            schema["minLength"] = 1;
        }

        if (examples.Length > 0)
        {
            schema["examples"] = new JsonArray([.. examples.Select(e => (JsonNode)e)]);
        }

        return schema;
    }
}
