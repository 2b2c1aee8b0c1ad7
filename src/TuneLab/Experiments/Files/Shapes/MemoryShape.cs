using System.Text.RegularExpressions;

namespace TuneLab.Experiments.Files.Shapes;

/// <summary>An amount of memory in bytes: <c>2GB</c>. The units are powers of 1024, as memory is counted.</summary>
public sealed class MemoryShape : WrittenShape<long>
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public override string Allowed => "an amount of memory above 0 with its unit, like 512MB or 2GB";

    protected override string Pattern => "^([0-9]+(?:\\.[0-9]+)?)\\s*(B|KB|MB|GB|TB)$";

    protected override bool TryParse(Match match, out long value)
    {
        value = 0;
        if (!decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var factor = 1L << (10 * Array.IndexOf(Units, match.Groups[2].Value));
        if (number > long.MaxValue / factor)
        {
            return false;
        }

        value = (long)(number * factor);
        return value > 0;
    }

    protected override string Text(long value)
    {
        var unit = 0;
        while (unit < Units.Length - 1 && value % 1024 == 0 && value > 0)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString(CultureInfo.InvariantCulture) + Units[unit];
    }
}
