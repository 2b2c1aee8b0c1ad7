using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Scheduling.Settings.Sections;

/// <summary>A time zone by the name that the system knows it by.</summary>
internal sealed class TimeZoneShape : ScalarShape<TimeZoneInfo>
{
    public override string Allowed => "a time zone that this system knows, like Europe/Berlin or UTC";

    protected override string AllowedFor(ScalarNode node)
    {
        var nearest = Nearest.Of(node.Text, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id));
        return nearest is null ? Allowed : Allowed + "; did you mean '" + nearest + "'?";
    }

    protected override bool TryParse(ScalarNode node, [MaybeNullWhen(false)] out TimeZoneInfo value)
    {
        value = null;
        return !string.IsNullOrWhiteSpace(node.Text) && TimeZoneInfo.TryFindSystemTimeZoneById(node.Text, out value);
    }

    public override void Write(Utf8JsonWriter writer, TimeZoneInfo value) => writer.WriteStringValue(value.Id);

    public override JsonObject Schema() => new() { ["type"] = "string", ["minLength"] = 1, ["examples"] = new JsonArray("Europe/Berlin", "America/New_York", "UTC") };
}
