using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>Bounds of a number; null: unbounded.</summary>
/// <param name="Min">The lowest value.</param>
/// <param name="Max">The highest value.</param>
/// <param name="MinOpen">Whether the lowest value itself is out.</param>
/// <param name="MaxOpen">Whether the highest value itself is out.</param>
public sealed record NumberLimits(double? Min = null, double? Max = null, bool MinOpen = false, bool MaxOpen = false)
{
    public bool Contains(double value) => double.IsFinite(value)
        && (Min is not { } min || (MinOpen ? value > min : value >= min))
        && (Max is not { } max || (MaxOpen ? value < max : value <= max));

    /// <summary>" of at least 2", " from 0 to 0.9", " above 0, at most 1"; empty where unbounded.</summary>
    public string Words() => (Min, Max) switch
    {
        (null, null) => "",
        ({ } min, null) => (MinOpen ? " above " : " of at least ") + Show(min),
        (null, { } max) => (MaxOpen ? " below " : " of at most ") + Show(max),
        ({ } min, { } max) when !MinOpen && !MaxOpen => $" from {Show(min)} to {Show(max)}",
        ({ } min, { } max) => (MinOpen ? " above " : " of at least ") + Show(min) + (MaxOpen ? ", below " : ", at most ") + Show(max),
    };

    public JsonObject AddTo(JsonObject schema)
    {
        if (Min is { } min)
        {
            schema[MinOpen ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(min);
        }

        if (Max is { } max)
        {
            schema[MaxOpen ? "exclusiveMaximum" : "maximum"] = JsonValue.Create(max);
        }

        return schema;
    }

    private static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
