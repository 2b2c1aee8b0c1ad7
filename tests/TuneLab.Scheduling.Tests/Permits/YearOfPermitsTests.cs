using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Tests.Windows;
using TuneLab.Scheduling.Tests.Windows.Zones;
using TuneLab.Scheduling.Windows;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Permits;

/// <summary>Permits through a year of simulated time against tables of another library: over both changes of the clock, a leap day, days of exception.</summary>
public class YearOfPermitsTests
{
    // 2028 is a leap year
    private static readonly DateTimeOffset Begin = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Begin.AddYears(1);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var zone in new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe" })
            {
                foreach (var when in new[] { "night", "night,lunch", "weekend,night", "weekend+night", "weekend+night,lunch", "with_days", "with_days+weekend,lunch" })
                {
                    cases.Add(zone, when);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void For_EveryMinuteOfAYear_IsWhatZoneinfoSays(string zone, string when)
    {
        var permits = Permits(zone, when);
        var expected = Expected(zone, when);
        var minutes = 0;
        var until = Begin;
        for (var at = Begin; at < End; at = at.AddMinutes(1))
        {
            var permit = permits.For(null, at);
            if (expected(at) != permit.IsOpen)
            {
                Assert.Fail($"{at:u} should be {(expected(at) ? "open" : "closed")}"); // a text of each minute would take most of the time
            }

            if (!(permit.IsOpen ? permit.Until > at && permit.Opens is null : permit.Opens > at && permit.Until is null))
            {
                Assert.Fail($"{at:u}: {permit}");
            }

            if (!(until <= at || (permit.Until ?? permit.Opens) == until))
            {
                Assert.Fail($"{at:u}: {permit}, when {until:u} was said before");
            }

            until = (permit.Until ?? permit.Opens)!.Value;
            minutes += permit.IsOpen ? 1 : 0;
        }

        Assert.Equal(Enumerable.Range(0, (int)(End - Begin).TotalMinutes).Count(m => expected(Begin.AddMinutes(m))), minutes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void For_AClockThatIsSetForwardAndBack_IsWhatZoneinfoSays(int seed)
    {
        const string Zone = "Europe/Berlin";
        var permits = Permits(Zone, "weekend+night,lunch");
        var expected = Expected(Zone, "weekend+night,lunch");
        var seeded = (uint)seed;
        for (var i = 0; i < 20_000; i++)
        {
            seeded = (seeded * 1664525) + 1013904223; // Numerical Recipes' generator
            var at = Begin.AddMinutes(seeded % (uint)(End - Begin).TotalMinutes);
            if (expected(at) != permits.For(null, at).IsOpen)
            {
                Assert.Fail($"step {i}, seed {seed}: {at:u} should be {(expected(at) ? "open" : "closed")}");
            }
        }
    }

    private static WorkPermits Permits(string zone, string when)
    {
        var windows = BuiltInWindows.In(Made.Zone(zone)).Append(YearOfWindowsTests.WithDays(Made.Zone(zone)));
        return new WorkPermits(new WorkerSettings { Zone = Made.Zone(zone), Windows = windows.ToDictionary(w => w.Name) }, when, new FakePresence(), new ManualTime());
    }

    private static Func<DateTimeOffset, bool> Expected(string zone, string when)
    {
        var ways = when.Split(',').Select(way => way.Split('+').Select(name => ZoneTable.All[(zone, name)]).ToArray()).ToArray();
        return at => ways.Any(way => way.All(open => open[(int)(at - ZoneTable.Start).TotalMinutes]));
    }
}
