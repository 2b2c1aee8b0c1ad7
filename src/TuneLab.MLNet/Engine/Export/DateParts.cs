using Microsoft.ML;
using Microsoft.ML.Data;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>
/// The parts of a date as ML.NET expressions over its ticks: whole-number arithmetic of the Gregorian calendar, counted in years that begin in March, so that the day that a leap year adds
/// comes last. A date that is missing (<see cref="DateTime.MinValue"/>) has no parts.
/// </summary>
internal static class DateParts
{
    private const long EpochDay = 730_119;

    // days since 1 March of the year 0, of its era of 400 years, of the year in the era, of the day in that year
    private static readonly (string Name, string Of, string Expression)[] Calendar =
    [
        ("day", "ticks", "t : t / 864000000000L"),
        ("shifted", "day", "d : d + 306L"),
        ("era", "shifted", "z : z / 146097L"),
        ("eraday", "shifted", "z : z % 146097L"),
        ("erayear", "eraday", "e : (e - e / 1460L + e / 36524L - e / 146096L) / 365L"),
    ];

    /// <summary>Adds a column for each part.</summary>
    /// <param name="steps">Where to.</param>
    /// <param name="column">The raw column, of dates.</param>
    /// <param name="parts">The parts' names.</param>
    /// <returns>The columns, in the order of the parts.</returns>
    public static IEnumerable<string> Add(Steps steps, string column, IReadOnlyList<string> parts)
    {
        string Name(string part) => steps.Helper(column + "." + part);
        steps.Add(steps.Context.Transforms.Conversion.ConvertType(Name("ticks"), column, DataKind.Int64));
        foreach (var (name, of, expression) in Calendar)
        {
            steps.Add(steps.Context.Transforms.Expression(Name(name), expression, Name(of)));
        }

        steps.Add(steps.Context.Transforms.Expression(Name("marchday"), "(e, y) : e - (365L * y + y / 4L - y / 100L)", Name("eraday"), Name("erayear")));
        steps.Add(steps.Context.Transforms.Expression(Name("marchmonth"), "d : (5L * d + 2L) / 153L", Name("marchday")));
        steps.Add(steps.Context.Transforms.Expression(Name("yearnumber"), "(y, e, m) : y + e * 400L + (m >= 10L ? 1L : 0L)", Name("erayear"), Name("era"), Name("marchmonth")));
        foreach (var part in parts)
        {
            var (expression, inputs) = part switch
            {
                "days" => (string.Create(CultureInfo.InvariantCulture, $"single(x - {EpochDay}L)"), new[] { "day" }),
                "year" => ("single(x)", ["yearnumber"]),
                "month" => ("single(x < 10L ? x + 3L : x - 9L)", ["marchmonth"]),
                "weekday" => ("single((x + 1L) % 7L)", ["day"]),
                "yearday" => ("single(x >= 306L ? x - 305L : x + 60L + ((y % 4L == 0L and (y % 100L != 0L or y % 400L == 0L)) ? 1L : 0L))", ["marchday", "yearnumber"]),
                "hour" => ("single(double(x % 864000000000L) / 36000000000.0d)", ["ticks"]),
                _ => throw new NotSupportedException($"A date has no part '{part}'."),
            };
            var parameters = inputs.Length == 2 ? "(x, y, t)" : "(x, t)";
            steps.Add(steps.Context.Transforms.Expression(Name("part." + part), $"{parameters} : t == 0L ? na(1f) : {expression}", [.. inputs.Select(Name), Name("ticks")]));
            yield return Name("part." + part);
        }
    }
}
