using System.Text.RegularExpressions;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A span of time with its unit: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.</summary>
public sealed class DurationShape : WrittenShape<TimeSpan>
{
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
    ];

    // no ten years: a number with a forgotten unit or a slipped zero is a mistake
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    public override string Allowed => "a duration above 0 with its unit, like 90s, 5m, 2h or 1d";

    protected override string Pattern => "^([0-9]+(?:\\.[0-9]+)?)\\s*([smhd])$";

    protected override string AllowedFor(ScalarNode node)
        => double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Allowed + $" ({node.Text}s if these are seconds)" : Allowed;

    protected override bool TryParse(Match match, out TimeSpan value)
    {
        value = default;
        if (!decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1_000_000_000)
        {
            return false;
        }

        value = new TimeSpan((long)(number * Units.First(u => u.Name == match.Groups[2].Value).Ticks));
        return value > TimeSpan.Zero && value <= Longest;
    }

    protected override string Text(TimeSpan value)
    {
        foreach (var (name, ticks) in Units)
        {
            if (value.Ticks % ticks == 0)
            {
                return (value.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + name;
            }
        }

        return ((decimal)value.Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture) + "s";
    }
}
