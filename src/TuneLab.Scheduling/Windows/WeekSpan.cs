namespace TuneLab.Scheduling.Windows;

/// <summary>A span of the clock on the wall that comes every week: <c>mon-fri 12:00-13:00</c>, <c>22:00-07:00</c>, <c>fri 18:00-mon 07:00</c>.</summary>
/// <param name="Days">The days on which it begins; a night belongs to the day of its evening. At least one.</param>
/// <param name="Opens">The minute of the day at which it begins, from 0 to 1439.</param>
/// <param name="Length">Its length in minutes of the wall clock, from 1 to a week.</param>
public sealed record WeekSpan(IReadOnlyList<DayOfWeek> Days, int Opens, int Length)
{
    /// <summary>Minutes of a day on the wall clock.</summary>
    public const int Day = 24 * 60;

    /// <summary>Minutes of a week on the wall clock.</summary>
    public const int Week = 7 * Day;

    /// <summary>Every day, the whole day.</summary>
    public static WeekSpan Always { get; } = new(Enum.GetValues<DayOfWeek>(), 0, Day);
}
