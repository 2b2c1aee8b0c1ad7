namespace TuneLab.Scheduling.Windows;

/// <summary>What a window does on the days of the file's <c>holidays</c>.</summary>
public enum HolidayRule
{
    /// <summary>They are days like all others.</summary>
    Ignore,

    /// <summary>It is closed all day.</summary>
    Closed,

    /// <summary>It is open all day.</summary>
    Open,
}

/// <summary>A window as it is written: it is open where any of its times or its cron expression says so, unless the day is an exception.</summary>
public sealed record WindowPlan
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Spans of the week.</summary>
    public IReadOnlyList<WeekSpan> Times { get; init; } = [];

    /// <summary>A cron expression, as <see cref="CronText"/> reads it; null: none. With <see cref="For"/> it says when the window opens, else every minute in which it is open.</summary>
    public string? Cron { get; init; }

    /// <summary>How long it is open after each opening of <see cref="Cron"/>, real time; null: <see cref="Cron"/> names minutes.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Days on which it is closed from midnight to midnight, whatever else says. Goes before <see cref="Open"/>.</summary>
    public IReadOnlyList<DateSpan> Closed { get; init; } = [];

    /// <summary>Days on which it is open from midnight to midnight.</summary>
    public IReadOnlyList<DateSpan> Open { get; init; } = [];

    /// <summary>What it does on holidays that are no exceptions of its own.</summary>
    /// <value>They are days like all others.</value>
    public HolidayRule OnHolidays { get; init; } = HolidayRule.Ignore;

    /// <summary>The holidays.</summary>
    public IReadOnlyList<DateSpan> Holidays { get; init; } = [];

    /// <summary>Whose clock it goes by.</summary>
    public required TimeZoneInfo Zone { get; init; }
}
