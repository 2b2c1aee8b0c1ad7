using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>How much worse than a rival somebody may be.</summary>
/// <param name="Margin">The most; at least 0.</param>
/// <param name="Rival">Than whom; null where the file does not say.</param>
internal readonly record struct Nearness(Margin Margin, string? Rival);

/// <summary>Reads <c>0.01 of best</c> or <c>2% of forest</c>.</summary>
internal sealed class NearnessShape : ScalarShape<Nearness>
{
    private const string Of = " of ";

    public override string Allowed => "an amount of at least 0 and a rival, like '0.01 of best' or '2% of forest'";

    protected override bool TryParse(ScalarNode node, out Nearness value)
    {
        var at = node.Text.IndexOf(Of, StringComparison.Ordinal);
        var rival = at < 0 ? null : node.Text[(at + Of.Length)..].Trim();
        var amount = at < 0 ? node : new ScalarNode(node.Path, node.Place, node.Text[..at].Trim(), quoted: false); // as a whole it is a text
        var isMargin = MarginShape.TryMargin(amount, out var margin);
        value = new Nearness(margin, rival);
        return isMargin && margin.Value >= 0 && rival != "";
    }

    public override void Write(Utf8JsonWriter writer, Nearness value)
    {
        var margin = value.Margin.Relative ? MarginShape.Percentage(value.Margin.Value) : value.Margin.Value.ToString("R", CultureInfo.InvariantCulture);
        if (value is { Rival: null, Margin.Relative: false })
        {
            writer.WriteNumberValue(value.Margin.Value);
        }
        else
        {
            writer.WriteStringValue(value.Rival is null ? margin : margin + Of + value.Rival);
        }
    }

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["minimum"] = 0 },
            new JsonObject { ["type"] = "string", ["pattern"] = "^\\+?[0-9]*\\.?[0-9]+\\s*%?( of .+)?$" }),
    };
}
