using System.Text.Json.Nodes;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>Bounds of a number; null: unbounded.</summary>
/// <param name="Min">The lowest value.</param>
/// <param name="Max">The highest value.</param>
/// <param name="MinOpen">Whether the lowest value itself is out.</param>
/// <param name="MaxOpen">Whether the highest value itself is out.</param>
internal sealed record NumberLimits(double? Min = null, double? Max = null, bool MinOpen = false, bool MaxOpen = false)
{
    public bool Contains(double value) => double.IsFinite(value)
        && (Min is not { } min || (MinOpen ? value > min : value >= min))
        && (Max is not { } max || (MaxOpen ? value < max : value <= max));

    /// <summary>" above 0, at most 1"; empty where unbounded.</summary>
    public string Words()
    {
        string?[] parts =
        [
            Min is { } min ? (MinOpen ? "above " : "at least ") + min.ToString("R", CultureInfo.InvariantCulture) : null,
            Max is { } max ? (MaxOpen ? "below " : "at most ") + max.ToString("R", CultureInfo.InvariantCulture) : null,
        ];
        var words = string.Join(", ", parts.Where(p => p is not null));
        return words.Length == 0 ? "" : " " + words;
    }

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
}
