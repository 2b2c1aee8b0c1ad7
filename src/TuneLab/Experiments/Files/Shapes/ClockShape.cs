using System.Text.RegularExpressions;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>A time of day: <c>07:30</c>.</summary>
public sealed class ClockShape : WrittenShape<TimeOnly>
{
    public override string Allowed => "a time of day from \"00:00\" to \"23:59\", like \"07:30\"";

    protected override string Pattern => "^([01]?[0-9]|2[0-3]):([0-5][0-9])$";

    protected override bool TryParse(Match match, out TimeOnly value)
    {
        value = new TimeOnly(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return true;
    }

    protected override string Text(TimeOnly value) => value.ToString("HH:mm", CultureInfo.InvariantCulture);
}
