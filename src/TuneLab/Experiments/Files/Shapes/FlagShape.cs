using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>True or false, as YAML's core schema writes them.</summary>
public sealed class FlagShape : ScalarShape<bool>
{
    public override string Allowed => "true or false";

    protected override bool TryParse(ScalarNode node, out bool value)
    {
        value = node.Text is "true" or "True" or "TRUE";
        return !node.Quoted && (value || node.Text is "false" or "False" or "FALSE");
    }

    public override void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
