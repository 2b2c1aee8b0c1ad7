using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Tests.Windows;

public class TextTests
{
    [Theory]
    [InlineData("22:00-07:00", 7, 1320, 540)]
    [InlineData("00:00-24:00", 7, 0, 1440)]
    [InlineData("Mon - Fri 12:00 - 13:00", 5, 720, 60)]
    [InlineData("saturday 8:00-20:00", 1, 480, 720)]
    [InlineData("fri 18:00-mon 07:00", 1, 1080, 3660)]
    [InlineData("fri-mon 12:00-12:01", 4, 720, 1)]
    [InlineData("sun 23:00-sun 22:00", 1, 1380, 10020)]
    public void WeekSpan_IsRead(string text, int days, int opens, int length)
    {
        var span = Made.Span(text);
        Assert.Equal((days, opens, length), (span.Days.Count, span.Opens, span.Length));
    }

    [Theory]
    [InlineData("22-07", "is no span of time; allowed is times of day like 22:00-07:00, mon-fri 12:00-13:00 or fri 18:00-mon 07:00")]
    [InlineData("07:00-07:00", "is empty: it closes when it opens; the whole day is 00:00-24:00")]
    [InlineData("mon 07:00-mon 07:00", "is empty: it closes when it opens; 'always' is the whole week")]
    [InlineData("22:60-07:00", "has a time that no clock shows; times go from 00:00 to 23:59, and 24:00 is the end of a day")]
    [InlineData("24:00-07:00", "has a time that no clock shows; times go from 00:00 to 23:59, and 24:00 is the end of a day")]
    [InlineData("22:00-24:30", "has a time that no clock shows; times go from 00:00 to 23:59, and 24:00 is the end of a day")]
    [InlineData("mo 22:00-07:00", "has the day 'mo'; days are mon, tue, wed, thu, fri, sat and sun")]
    [InlineData("22:00-mon 07:00", "names the day it closes on, which needs one day that it opens on, like fri 18:00-mon 07:00")]
    [InlineData("thu-fri 22:00-mon 07:00", "names the day it closes on, which needs one day that it opens on, like fri 18:00-mon 07:00")]
    public void WeekSpan_Wrong_SaysWhatIsAllowed(string text, string fault)
    {
        Assert.False(WeekSpanText.TryParse(text, null, out _, out var said));
        Assert.Equal(fault, said);
    }

    [Theory]
    [InlineData("2026-12-24", 1)]
    [InlineData("2028-02-28..2028-03-01", 3)]
    [InlineData("12-24..01-02", 10)]
    [InlineData("02-29", 1)]
    public void DateSpan_IsReadAndWritten(string text, int days)
    {
        var span = Made.Dates(text);
        Assert.Equal(days, span.Days().Count());
        Assert.Equal(text, span.ToString());
    }

    [Theory]
    [InlineData("24.12.2026", "is no date; allowed is a date like 2026-12-24, a yearly one like 12-25, or a range like 2026-12-24..2027-01-01 or 12-24..01-01")]
    [InlineData("2026-02-29", "has a day that no calendar shows")]
    [InlineData("13-01", "has a day that no calendar shows")]
    [InlineData("2026-12-24..01-01", "has a year on one side only; write it on both, or on none")]
    [InlineData("2027-01-01..2026-12-24", "ends before it begins; swap its dates")]
    [InlineData("2026-01-01..2062-01-01", "is longer than ten years")]
    public void DateSpan_Wrong_SaysWhatIsAllowed(string text, string fault)
    {
        Assert.False(DateSpan.TryParse(text, out _, out var said));
        Assert.Equal(fault, said);
    }

    [Theory]
    [InlineData("0 22 * *", "has 4 fields; allowed is a cron expression like \"0 22 * * mon-fri\" (minutes, hours, day of month, month, day of week)")]
    [InlineData("61 * * * *", "is no cron expression: Minute and Second values must be between 0 and 59; allowed is a cron expression like \"0 22 * * mon-fri\" (minutes, hours, day of month, month, day of week)")]
    public void Cron_Wrong_SaysWhatIsAllowed(string text, string fault)
    {
        Assert.False(CronText.TryParse(text, TimeZoneInfo.Utc, out _, out var said));
        Assert.Equal(fault, said);
    }
}
