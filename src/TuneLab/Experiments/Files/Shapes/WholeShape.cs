using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A whole number.</summary>
internal sealed class WholeShape<T>(NumberLimits range) : ScalarShape<T>
    where T : IBinaryInteger<T>
{
    public override string Allowed => "a whole number" + range.Words();

    protected override bool TryParse(ScalarNode node, out T value)
    {
        if (!node.Quoted && T.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && range.Contains(double.CreateChecked(number)))
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
