using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A whole number.</summary>
public sealed class WholeShape<T>(NumberLimits range) : ScalarShape<T>
    where T : IBinaryInteger<T>
{
    public override string Allowed => "a whole number" + range.Words();

    protected override bool TryParse(ScalarNode node, out T value)
    {
        // 1e3 is a whole number too
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!node.Quoted && T.TryParse(node.Text, Style, CultureInfo.InvariantCulture, out var number) && range.Contains(double.CreateChecked(number)))
        {
            value = number;
            return true;
        }

        value = T.Zero;
        return false;
    }

    public override void Write(Utf8JsonWriter writer, T value) => writer.WriteNumberValue(long.CreateChecked(value));

    public override JsonObject Schema() => range.AddTo(new JsonObject { ["type"] = "integer" });
}
