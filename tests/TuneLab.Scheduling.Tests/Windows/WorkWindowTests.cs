using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Tests.Windows;

public class WorkWindowTests
{
    private static readonly TimeZoneInfo Santiago = Made.Zone("America/Santiago");

    [Fact]
    public void Night_OverTheSpringChange_IsAnHourShorter()
        => Assert.Equal(["27 22:00-28 07:00 = 9h", "28 22:00-29 07:00 = 8h", "29 22:00-30 07:00 = 9h"], Made.Intervals(Made.Window(Made.Berlin, "22:00-07:00"), Made.Utc("2026-03-27 12:00"), Made.Utc("2026-03-30 12:00")));

    [Fact]
    public void Night_OverTheAutumnChange_IsAnHourLonger()
        => Assert.Equal(["24 22:00-25 07:00 = 10h"], Made.Intervals(Made.Window(Made.Berlin, "22:00-07:00"), Made.Utc("2026-10-24 12:00"), Made.Utc("2026-10-25 12:00")));

    [Fact]
    public void Night_OverAChangeOfHalfAnHour_IsHalfAnHourLongerOrShorter()
    {
        var window = Made.Window(Made.Zone("Australia/Lord_Howe"), "22:00-07:00");
        Assert.Equal(["04 22:00-05 07:00 = 9.5h"], Made.Intervals(window, Made.Utc("2026-04-04 00:00"), Made.Utc("2026-04-05 00:00")));
        Assert.Equal(["03 22:00-04 07:00 = 8.5h"], Made.Intervals(window, Made.Utc("2026-10-03 00:00"), Made.Utc("2026-10-04 00:00")));
    }

    [Theory]
    [InlineData("02:30-03:30", "29 03:00-29 03:30 = 0.5h")] // opens at a time that does not exist: at the change
    [InlineData("01:30-02:30", "29 01:30-29 03:00 = 0.5h")] // closes at one
    [InlineData("02:15-02:45", null)] // is left out
    public void SpringGap_CutsWhatTheClockLeavesOut(string times, string? expected)
        => Assert.Equal(expected is null ? [] : [expected], Made.Intervals(Made.Window(Made.Berlin, times), Made.Utc("2026-03-28 23:00"), Made.Utc("2026-03-29 22:00")));

    [Fact]
    public void AutumnHour_IsOpenBothTimesThatTheClockShowsIt()
    {
        Assert.Equal(["25 02:15-25 02:45 = 0.5h", "25 02:15-25 02:45 = 0.5h"], Made.Intervals(Made.Window(Made.Berlin, "02:15-02:45"), Made.Utc("2026-10-24 23:00"), Made.Utc("2026-10-25 23:00")));
        Assert.Equal(["25 01:00-25 02:30 = 1.5h", "25 02:00-25 02:30 = 0.5h"], Made.Intervals(Made.Window(Made.Berlin, "01:00-02:30"), Made.Utc("2026-10-24 22:30"), Made.Utc("2026-10-25 12:00")));
    }

    [Fact]
    public void Midnight_ThatTheClockLeavesOut_OpensAtTheChange()
    {
        Assert.Equal(["06 01:00-06 06:00 = 5h"], Made.Intervals(Made.Window(Santiago, "00:00-06:00"), Made.Utc("2026-09-05 12:00"), Made.Utc("2026-09-06 12:00")));
        Assert.Equal(["04 22:00-05 00:00 = 3h"], Made.Intervals(Made.Window(Santiago, "22:00-24:00"), Made.Utc("2026-04-04 12:00"), Made.Utc("2026-04-05 12:00")));
    }

    [Fact]
    public void Intervals_AreHalfOpen()
    {
        var window = Made.Window(TimeZoneInfo.Utc, "12:00-13:00", "20:00-24:00");
        Assert.False(window.IsOpen(Made.Utc("2026-06-01 12:00").AddTicks(-1)));
        Assert.True(window.IsOpen(Made.Utc("2026-06-01 12:00")));
        Assert.True(window.IsOpen(Made.Utc("2026-06-01 13:00").AddTicks(-1)));
        Assert.False(window.IsOpen(Made.Utc("2026-06-01 13:00")));
        Assert.True(window.IsOpen(Made.Utc("2026-06-02 00:00").AddTicks(-1)));
        Assert.False(window.IsOpen(Made.Utc("2026-06-02 00:00")));
    }

    [Fact]
    public void NextOpeningAndClosing_AreAfterTheInstant()
    {
        var window = Made.Window(TimeZoneInfo.Utc, "12:00-13:00");
        Assert.Equal(Made.Utc("2026-06-01 12:00"), window.NextOpening(Made.Utc("2026-06-01 11:59")));
        Assert.Equal(Made.Utc("2026-06-02 12:00"), window.NextOpening(Made.Utc("2026-06-01 12:00")));
        Assert.Equal(Made.Utc("2026-06-02 12:00"), window.NextOpening(Made.Utc("2026-06-01 12:30")));
        Assert.Equal(Made.Utc("2026-06-01 13:00"), window.NextClosing(Made.Utc("2026-06-01 11:00")));
        Assert.Equal(Made.Utc("2026-06-01 13:00"), window.NextClosing(Made.Utc("2026-06-01 13:00").AddTicks(-1)));
        Assert.Equal(Made.Utc("2026-06-02 13:00"), window.NextClosing(Made.Utc("2026-06-01 13:00")));
    }

    [Fact]
    public void Answers_DoNotDependOnTheOffsetOfTheQuestion()
    {
        var window = Made.Window(Made.Berlin, "22:00-07:00");
        var at = Made.Utc("2026-10-24 19:59");
        Assert.Equal(window.NextOpening(at), window.NextOpening(at.ToOffset(TimeSpan.FromHours(14))));
        Assert.Equal(window.IsOpen(at.AddHours(1)), window.IsOpen(at.AddHours(1).ToOffset(TimeSpan.FromHours(-12))));
    }

    [Fact]
    public void SpansThatMeet_AreOne()
        => Assert.Equal(["05 18:00-06 07:00 = 13h"], Made.Intervals(Made.Window(TimeZoneInfo.Utc, "18:00-24:00", "00:00-07:00"), Made.Utc("2026-01-05 12:00"), Made.Utc("2026-01-06 12:00")));

    [Fact]
    public void Days_CountForTheEvening()
        => Assert.Equal(["06 22:00-07 02:00 = 4h"], Made.Intervals(Made.Window(TimeZoneInfo.Utc, "tue 22:00-02:00"), Made.Utc("2026-01-05 00:00"), Made.Utc("2026-01-11 00:00")));

    [Fact]
    public void BuiltIn_AreWhatTheirNamesSay()
    {
        var windows = BuiltInWindows.In(TimeZoneInfo.Utc).ToDictionary(w => w.Name);
        Assert.Equal(["always", "night", "lunch", "weekend"], windows.Keys);
        Assert.True(windows["always"].IsAlways && windows["always"].IsOpen(Made.Utc("2026-01-05 12:00")));
        Assert.Null(windows["always"].NextClosing(Made.Utc("2026-01-05 12:00")));
        Assert.Equal(["09 18:00-12 07:00 = 61h"], Made.Intervals(windows["weekend"], Made.Utc("2026-01-05 08:00"), Made.Utc("2026-01-12 12:00")));
        Assert.Equal(5, Made.Intervals(windows["lunch"], Made.Utc("2026-01-05 08:00"), Made.Utc("2026-01-12 08:00")).Count);
    }

    [Fact]
    public void ClosedDays_AreClosedFromMidnightToMidnight_AndGoBeforeOpenOnes()
    {
        var window = new WorkWindow(new WindowPlan { Name = "night", Zone = Made.Berlin, Times = [Made.Span("22:00-07:00")], Closed = [Made.Dates("2026-12-24")], Open = [Made.Dates("2026-12-24..2026-12-25")] });
        Assert.Equal(["23 22:00-24 00:00 = 2h", "25 00:00-26 07:00 = 31h"], Made.Intervals(window, Made.Utc("2026-12-23 12:00"), Made.Utc("2026-12-26 12:00")));
    }

    [Theory]
    [InlineData(HolidayRule.Ignore, "01 12:00-01 13:00 = 1h")]
    [InlineData(HolidayRule.Closed, null)]
    [InlineData(HolidayRule.Open, "01 00:00-02 00:00 = 24h")]
    public void Holidays_DoWhatTheWindowSays(HolidayRule rule, string? expected)
    {
        var window = new WorkWindow(new WindowPlan { Name = "lunch", Zone = TimeZoneInfo.Utc, Times = [Made.Span("12:00-13:00")], Holidays = [Made.Dates("05-01")], OnHolidays = rule });
        Assert.Equal(expected is null ? [] : [expected], Made.Intervals(window, Made.Utc("2026-04-30 13:00"), Made.Utc("2026-05-02 10:00")));
    }

    [Fact]
    public void LeapDay_ComesInLeapYearsOnly()
    {
        var window = new WorkWindow(new WindowPlan { Name = "leap", Zone = TimeZoneInfo.Utc, Open = [Made.Dates("02-29")] });
        Assert.Equal(["29 00:00-01 00:00 = 24h"], Made.Intervals(window, Made.Utc("2024-03-01 12:00"), Made.Utc("2029-12-31 00:00")));
        Assert.Equal(Made.Utc("2028-02-29 00:00"), window.NextOpening(Made.Utc("2024-03-01 12:00")));
    }

    [Fact]
    public void YearlyDays_GoOverTheTurnOfTheYear()
    {
        var window = new WorkWindow(new WindowPlan { Name = "year's end", Zone = TimeZoneInfo.Utc, Open = [Made.Dates("12-24..01-02")] });
        Assert.Equal(["24 00:00-03 00:00 = 240h"], Made.Intervals(window, Made.Utc("2026-02-01 00:00"), Made.Utc("2027-02-01 00:00")));
    }

    [Fact]
    public void AlwaysButOneDay_ClosesOnIt()
    {
        var window = new WorkWindow(new WindowPlan { Name = "almost", Zone = Made.Berlin, Times = [WeekSpan.Always], Closed = [Made.Dates("12-25")] });
        Assert.Equal(Made.Utc("2026-12-24 23:00"), window.NextClosing(Made.Utc("2026-01-01 00:00")));
        Assert.Equal(Made.Utc("2026-12-25 23:00"), window.NextOpening(Made.Utc("2026-01-01 00:00")));
    }

    [Fact]
    public void NeverOpen_HasNoOpening()
    {
        var window = new WorkWindow(new WindowPlan { Name = "past", Zone = TimeZoneInfo.Utc, Open = [Made.Dates("2020-01-01")] });
        Assert.Null(window.NextOpening(Made.Utc("2026-01-01 00:00")));
        Assert.Null(window.NextClosing(Made.Utc("2026-01-01 00:00")));
        Assert.Null(Made.Cron(TimeZoneInfo.Utc, "0 0 30 2 *", TimeSpan.FromHours(1)).NextOpening(Made.Utc("2026-01-01 00:00")));
    }

    [Fact]
    public void ClockSetBack_GivesTheEarlierAnswerAgain()
    {
        var window = Made.Cron(Made.Berlin, "0 22 * * *", TimeSpan.FromHours(2));
        var (early, late) = (Made.Utc("2026-06-01 12:00"), Made.Utc("2026-08-01 12:00"));
        var first = window.NextOpening(early);
        Assert.Equal(Made.Utc("2026-08-01 20:00"), window.NextOpening(late));
        Assert.Equal(first, window.NextOpening(early));
        Assert.True(window.IsOpen(Made.Utc("2026-06-01 21:59")));
    }

    [Theory]
    [InlineData("2026-03-28", "29 03:00-29 05:00 = 2h")] // an opening that the clock leaves out is at the change
    [InlineData("2026-10-24", "25 02:30-25 03:30 = 2h")] // one that it shows twice is the first; the length is real time
    [InlineData("2026-06-10", "11 02:30-11 04:30 = 2h")]
    public void CronWithLength_OverChanges_OpensOnceForItsLength(string day, string expected)
        => Assert.Equal([expected], Made.Intervals(Made.Cron(Made.Berlin, "30 2 * * *", TimeSpan.FromHours(2)), Made.Utc(day + " 20:00"), Made.Utc(day + " 20:00").AddDays(1).AddHours(-1)));

    [Fact]
    public void CronWithLength_ThatOverlapsItself_IsOneInterval()
        => Assert.Equal(["01 08:00-01 12:30 = 4.5h"], Made.Intervals(Made.Cron(TimeZoneInfo.Utc, "0 8-11 * * *", TimeSpan.FromMinutes(90)), Made.Utc("2026-06-01 00:00"), Made.Utc("2026-06-02 00:00")));

    [Theory]
    [InlineData("* 1-4 * * sun")]
    [InlineData("0 * 1-4 ? * SUN")]
    public void CronOfMinutes_IsOpenInThemByTheWallClock(string cron)
    {
        Assert.Equal(["29 01:00-29 05:00 = 3h", "05 01:00-05 05:00 = 4h"], Made.Intervals(Made.Cron(Made.Berlin, cron), Made.Utc("2026-03-28 12:00"), Made.Utc("2026-04-06 12:00")));
        Assert.Equal(["25 01:00-25 05:00 = 5h"], Made.Intervals(Made.Cron(Made.Berlin, cron), Made.Utc("2026-10-24 12:00"), Made.Utc("2026-10-26 12:00")));
    }

    [Fact]
    public void CronOfMinutes_EveryOtherMinute_ClosesBetween()
    {
        var window = Made.Cron(TimeZoneInfo.Utc, "*/2 23 * * *");
        Assert.Equal(30, Made.Intervals(window, Made.Utc("2026-06-01 12:00"), Made.Utc("2026-06-02 12:00")).Count);
        Assert.Equal(Made.Utc("2026-06-01 23:59"), window.NextClosing(Made.Utc("2026-06-01 23:58:30")));
    }

    [Fact]
    public void EachMinuteOfAYear_OfARandomWindow_AgreesWithItsEdges()
    {
        foreach (var (text, zone) in new[] { ("thu 21:45-03:10", "America/New_York"), ("sun 23:30-sun 02:05", "Europe/Berlin"), ("mon-wed 00:00-24:00", "Australia/Lord_Howe") })
        {
            var window = Made.Window(Made.Zone(zone), text);
            var at = Made.Utc("2026-01-01 00:00");
            var (open, next) = (window.IsOpen(at), at);
            for (; at.Year == 2026; at = at.AddMinutes(5))
            {
                if (at >= next)
                {
                    open = window.IsOpen(at);
                    next = (open ? window.NextClosing(at) : window.NextOpening(at))!.Value;
                }

                Assert.True(open == window.IsOpen(at), $"{text} in {zone} at {at:u}");
            }
        }
    }
}
