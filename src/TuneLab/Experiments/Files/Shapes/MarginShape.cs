using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>An amount: a number in the metric's unit, or a percentage of the rival's score.</summary>
/// <param name="Value">The number; 0.05 for 5 %.</param>
/// <param name="Relative">Whether it was written as a percentage.</param>
internal readonly record struct Margin(double Value, bool Relative);

/// <summary>Reads <c>0.01</c> or <c>5%</c>.</summary>
internal sealed class MarginShape : ScalarShape<Margin>
{
    public override string Allowed => "a number like 0.01, or a percentage like 5%";

    /// <summary>Reads a margin.</summary>
    public static bool TryMargin(ScalarNode node, out Margin value)
    {
        if (!node.Text.EndsWith('%'))
        {
            var isNumber = NumberShape.TryNumber(node, out var number);
            value = new Margin(number, false);
            return isNumber;
        }

        // dividing by 100 would round a second time
        var isPercentage = double.TryParse(node.Text[..^1].Trim() + "e-2", NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var fraction);
        value = new Margin(fraction, true);
        return isPercentage && double.IsFinite(fraction);
    }

    /// <summary>A percentage as it is written.</summary>
    public static string Percentage(double fraction)
        => (decimal.Parse(fraction.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) * 100).ToString("0.############################", CultureInfo.InvariantCulture) + "%";

    protected override bool TryParse(ScalarNode node, out Margin value) => TryMargin(node, out value);

    public override void Write(Utf8JsonWriter writer, Margin value)
    {
        if (value.Relative)
        {
            writer.WriteStringValue(Percentage(value.Value));
        }
        else
        {
            writer.WriteNumberValue(value.Value);
        }
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number" },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[+-]?[0-9]*\\.?[0-9]+\\s*%$" }),
    };
}
