using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Space;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>The value of a hyperparameter: a number, or a name.</summary>
internal sealed class ValueShape : ScalarShape<ParameterValue>
{
    public override string Allowed => "one value";

    protected override bool TryParse(ScalarNode node, out ParameterValue value)
    {
        value = NumberShape.TryNumber(node, out var number) ? number : node.Text;
        return true;
    }

    public override void Write(Utf8JsonWriter writer, ParameterValue value)
    {
        if (value.Name is { } name)
        {
            writer.WriteStringValue(name);
        }
        else
        {
            writer.WriteNumberValue(value.Number);
        }
    }

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("number", "string", "boolean") };
}
