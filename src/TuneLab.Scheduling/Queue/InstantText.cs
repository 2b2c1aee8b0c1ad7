using TuneLab.Experiments;

namespace TuneLab.Scheduling.Queue;

/// <summary>Instants as people write them.</summary>
public static class InstantText
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "a time such as 07:30 (the next one), \"2026-12-24 18:00\", 2026-12-24, or a duration from now such as +2h";

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The instant, or null where the text is none. Times of day are meant as <see cref="TimeOfDay"/> says.</summary>
    /// <param name="text">See <see cref="Allowed"/>; a date and time may end in an offset from UTC (<c>Z</c>, <c>+01:00</c>).</param>
    /// <param name="now">The clock.</param>
    /// <param name="zone">Where times of day are meant.</param>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now, TimeZoneInfo zone)
    {
        text = text.Trim();
        if (text is ['+', .. var duration, var unit] && double.TryParse(duration, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return unit switch { 's' => now.AddSeconds(number), 'm' => now.AddMinutes(number), 'h' => now.AddHours(number), 'd' when number < 36500 => now.AddDays(number), _ => null };
        }

        if (TimeOnly.TryParseExact(text, ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return TimeOfDay.Next(time, now, zone);
        }

        if (DateTime.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return TimeOfDay.At(local, zone);
        }

        return text.Length > 16 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
    }
}
