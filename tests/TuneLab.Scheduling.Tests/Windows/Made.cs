using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Tests.Windows;

/// <summary>Windows from short texts.</summary>
internal static class Made
{
    public static TimeZoneInfo Berlin { get; } = Zone("Europe/Berlin");

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    public static WeekSpan Span(string text)
    {
        Assert.True(WeekSpanText.TryParse(text, null, out var span, out var fault), $"'{text}' {fault}");
        return span;
    }

    public static DateSpan Dates(string text)
    {
        Assert.True(DateSpan.TryParse(text, out var span, out var fault), $"'{text}' {fault}");
        return span;
    }

    public static WorkWindow Window(TimeZoneInfo zone, params string[] times) => new(new WindowPlan { Name = times[0], Zone = zone, Times = [.. times.Select(Span)] });

    public static WorkWindow Cron(TimeZoneInfo zone, string cron, TimeSpan? length = null) => new(new WindowPlan { Name = cron, Zone = zone, Cron = cron, For = length });

    /// <summary>UTC from <c>2026-03-29 01:00</c>.</summary>
    public static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The intervals that begin within a time, as the local clock shows them: <c>29 22:00-30 07:00 = 9h</c>.</summary>
    public static IReadOnlyList<string> Intervals(WorkWindow window, DateTimeOffset from, DateTimeOffset to)
    {
        var found = new List<string>();
        for (var opens = window.NextOpening(from); opens is { } at && at < to; opens = window.NextOpening(at))
        {
            var closes = window.NextClosing(at)!.Value;
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(at, window.Zone):dd HH:mm}-{TimeZoneInfo.ConvertTime(closes, window.Zone):dd HH:mm} = {(closes - at).TotalHours}h"));
        }

        return found;
    }
}
