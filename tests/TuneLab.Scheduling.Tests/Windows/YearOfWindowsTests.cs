using TuneLab.Scheduling.Tests.Windows.Zones;
using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Tests.Windows;

/// <summary>Two years of windows against tables of another library, and against the clock on the wall.</summary>
public class YearOfWindowsTests
{
    private static readonly string[] Closed = ["2027-12-24..2028-01-02", "02-29"];
    private static readonly string[] Open = ["03-28", "03-26", "10-31", "04-30"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (zone, window) in ZoneTable.All.Keys)
            {
                cases.Add(zone, window);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void OpeningsAndClosings_OfTwoYears_AreThoseOfZoneinfo(string zone, string name)
    {
        var window = Window(Made.Zone(zone), name);
        var expected = ZoneTable.All[(zone, name)];
        var actual = new bool[expected.Length];
        var at = ZoneTable.Start;
        if (window.IsOpen(at))
        {
            Fill(actual, at, window.NextClosing(at)!.Value);
        }

        while (window.NextOpening(at) is { } opens && opens < ZoneTable.End)
        {
            Fill(actual, opens, window.NextClosing(opens)!.Value);
            at = opens;
        }

        Same(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsOpen_OfEachMinuteAroundTheChangesAndTheTurnOfTheYear_IsWhatZoneinfoSays(string zone, string name)
    {
        var window = Window(Made.Zone(zone), name);
        var expected = ZoneTable.All[(zone, name)];
        foreach (var day in Days(Made.Zone(zone)))
        {
            for (var minute = Math.Max(0, day * 1440); minute < Math.Min(expected.Length, (day + 2) * 1440); minute++)
            {
                var at = ZoneTable.Start.AddMinutes(minute);
                if (expected[minute] != window.IsOpen(at))
                {
                    Assert.Fail($"{at:u} should be {(expected[minute] ? "open" : "closed")}"); // a text of each minute would take most of the time
                }

                if (expected[minute] != window.IsOpen(at.AddMinutes(1).AddTicks(-1)))
                {
                    Assert.Fail($"a tick before {at.AddMinutes(1):u} should be {(expected[minute] ? "open" : "closed")}");
                }
            }
        }
    }

    [Fact]
    public void IsOpen_EachMinuteOfAYear_AgreesWithTheWallClock()
    {
        var window = Made.Window(Made.Berlin, "22:00-07:00");
        for (var at = Made.Utc("2026-01-01 00:00"); at.Year == 2026; at = at.AddMinutes(1))
        {
            var hour = TimeZoneInfo.ConvertTime(at, Made.Berlin).Hour;
            if ((hour is >= 22 or < 7) != window.IsOpen(at))
            {
                Assert.Fail($"{at:u}");
            }
        }
    }

    /// <summary>The window with_days of the table.</summary>
    internal static WorkWindow WithDays(TimeZoneInfo zone)
        => new(new WindowPlan { Name = "with_days", Zone = zone, Times = [Made.Span("08:00-09:00")], Closed = [.. Closed.Select(Made.Dates)], Open = [.. Open.Select(Made.Dates)] });

    // days on which the offset changes, with the leap day, the closed days and the turn of the year
    private static List<int> Days(TimeZoneInfo zone)
    {
        var days = new List<int> { 356, 363, 365, 423, 729 };
        for (var day = 0; day < 730; day++)
        {
            if (zone.GetUtcOffset(ZoneTable.Start.AddDays(day)) != zone.GetUtcOffset(ZoneTable.Start.AddDays(day + 1)))
            {
                days.Add(day - 1);
            }
        }

        return days;
    }

    private static WorkWindow Window(TimeZoneInfo zone, string name) => name switch
    {
        "night" or "lunch" or "weekend" => BuiltInWindows.In(zone).Single(w => w.Name == name),
        "small_hours" => Made.Window(zone, "01:30-02:30"),
        "work_nights" => Made.Window(zone, "mon-fri 23:00-02:15"),
        _ => WithDays(zone),
    };

    private static void Fill(bool[] minutes, DateTimeOffset from, DateTimeOffset to)
    {
        Assert.Equal(0, (from - ZoneTable.Start).Ticks % TimeSpan.TicksPerMinute);
        for (var i = (int)(from - ZoneTable.Start).TotalMinutes; i < Math.Min(minutes.Length, (to - ZoneTable.Start).TotalMinutes); i++)
        {
            minutes[i] = true;
        }
    }

    private static void Same(bool[] expected, bool[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i] != actual[i])
            {
                Assert.Fail($"{ZoneTable.Start.AddMinutes(i):u} should be {(expected[i] ? "open" : "closed")}");
            }
        }
    }
}
