using Quartz;
using Quartz.Impl.Calendar;

namespace TuneLab.Scheduling.Windows;

/// <summary>Whole days of a time zone, from midnight to midnight on the wall clock, on Quartz's <see cref="HolidayCalendar"/> and <see cref="AnnualCalendar"/>.</summary>
internal sealed class DaySet
{
    private readonly HolidayCalendar _calendar;

    /// <param name="spans">The days.</param>
    /// <param name="zone">Whose days.</param>
    public DaySet(IReadOnlyList<DateSpan> spans, TimeZoneInfo zone)
    {
        var yearly = new AnnualCalendar { TimeZone = zone };
        _calendar = new HolidayCalendar(yearly) { TimeZone = zone };
        foreach (var span in spans)
        {
            foreach (var day in span.Days())
            {
                if (span.Yearly)
                {
                    yearly.AddExcludedDay(new MonthDay(day.Month, day.Day));
                }
                else
                {
                    _calendar.AddExcludedDay(day);
                }
            }
        }

        IsEmpty = spans.Count == 0;
    }

    public bool IsEmpty { get; }

    /// <summary>Whether the instant's date in the zone is one of the days.</summary>
    public bool Contains(DateTimeOffset at) => !IsEmpty && !_calendar.IsTimeIncluded(at);
}
