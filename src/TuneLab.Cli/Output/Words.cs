using TuneLab.Space;

namespace TuneLab.Cli.Output;

/// <summary>How numbers and times are written in tables and progress lines.</summary>
internal static class Words
{
    /// <summary>A score with enough digits to tell two apart; <c>-</c> where there is none.</summary>
    public static string Score(double value)
        => double.IsNaN(value) ? "-" : Math.Abs(value) is 0 or (>= 0.01 and < 1000) ? value.ToString("0.0000", CultureInfo.InvariantCulture) : value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>A difference of scores with two digits at least, however small: <c>0.012</c>, <c>0.000044</c>, <c>151</c>.</summary>
    public static string Difference(double value)
        => Math.Abs(value) >= 1 || value == 0 ? value.ToString("G4", CultureInfo.InvariantCulture)
            : value.ToString("F" + Math.Clamp(1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 4, 12).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A hyperparameter's value with four digits.</summary>
    public static string Value(ParameterValue value)
        => value.Name ?? value.Number.ToString(value.Number == Math.Floor(value.Number) && Math.Abs(value.Number) < 1e9 ? "0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>A configuration's hyperparameters: <c>learning_rate=0.1 leaves=31</c>.</summary>
    public static string Hyperparameters(Configuration configuration) => string.Join(" ", configuration.Values.Select(v => v.Key + "=" + Value(v.Value)));

    /// <summary>A span as a clock shows it: <c>0:07</c>, <c>12:30</c>, <c>2:05:00</c>.</summary>
    public static string Clock(TimeSpan span)
        => span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}:{span.Seconds:00}");

    /// <summary>A rough span: <c>0.03 s</c>, <c>12 s</c>, <c>4 min</c>, <c>2.5 h</c>.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 10 => seconds.ToString("0.0#", CultureInfo.InvariantCulture) + " s",
        < 120 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 7200 => (seconds / 60).ToString("0", CultureInfo.InvariantCulture) + " min",
        _ => (seconds / 3600).ToString("0.#", CultureInfo.InvariantCulture) + " h",
    };

    /// <summary>A span that is only about right: <c>0.8 s</c>, <c>40 s</c>, <c>4 min</c>, <c>2 h 10 min</c>, <c>1 d 3 h</c>.</summary>
    public static string Span(double seconds)
    {
        var minutes = seconds < 3600 ? Math.Round(seconds / 60) : Math.Round(seconds / 300) * 5; // nobody foresees hours to the minute
        return seconds < 90 ? (seconds < 10 ? seconds.ToString("0.#", CultureInfo.InvariantCulture) : seconds.ToString("0", CultureInfo.InvariantCulture)) + " s"
            : minutes < 60 ? minutes.ToString("0", CultureInfo.InvariantCulture) + " min"
            : minutes < 24 * 60 ? Two(minutes, 60, "h", "min")
            : Two(Math.Round(minutes / 60), 24, "d", "h");

        static string Two(double value, int unit, string large, string small)
            => string.Create(CultureInfo.InvariantCulture, $"{(int)value / unit} {large}") + ((int)value % unit is > 0 and var rest ? string.Create(CultureInfo.InvariantCulture, $" {rest} {small}") : "");
    }

    /// <summary>A moment as local time of day; with its date when that is not today's: <c>09:20</c>, <c>2026-11-30 09:20</c>.</summary>
    public static string Moment(DateTimeOffset moment, DateTimeOffset now)
        => moment.ToOffset(now.Offset) is var local && local.Date == now.Date ? local.ToString("HH:mm", CultureInfo.InvariantCulture) : local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A size in the unit that fits: <c>1.5 GB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => (bytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GB",
        >= 1L << 20 => (bytes / (double)(1L << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        >= 1L << 10 => (bytes / (double)(1L << 10)).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
        _ => bytes.ToString(CultureInfo.InvariantCulture) + " bytes",
    };

    /// <summary>A count with its noun: <c>1 trial</c>, <c>3 trials</c>.</summary>
    public static string Count(int count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}
