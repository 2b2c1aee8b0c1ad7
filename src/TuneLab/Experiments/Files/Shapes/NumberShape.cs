using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A finite real number.</summary>
public sealed class NumberShape(NumberLimits range) : ScalarShape<double>
{
    public NumberShape()
        : this(new NumberLimits())
    {
    }

    public override string Allowed => "a number" + range.Words();

    /// <summary>Reads a number as YAML's core schema writes it; quotes make it a text.</summary>
    public static bool TryNumber(ScalarNode node, out double value)
    {
        value = 0;
        return !node.Quoted && double.TryParse(node.Text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    protected override bool TryParse(ScalarNode node, out double value) => TryNumber(node, out value) && range.Contains(value);

    public override void Write(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    public override JsonObject Schema() => range.AddTo(new JsonObject { ["type"] = "number" });
}
