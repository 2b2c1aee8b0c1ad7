using TuneLab.Errors;
using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Tests.Windows;
using TuneLab.Scheduling.Windows;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Permits;

public class WorkPermitsTests
{
    private readonly ManualTime _time = new();
    private readonly FakePresence _presence = new();

    // 2026-01-05 is a Monday
    [Theory]
    [InlineData("now", "2026-01-05 12:00", true, "it may always", null, null)]
    [InlineData("night", "2026-01-05 12:00", false, "waits for night (opens 2026-01-05 22:00)", null, "2026-01-05 21:00")]
    [InlineData("night", "2026-01-05 22:00", true, "night is open until 2026-01-06 07:00", "2026-01-06 06:00", null)]
    [InlineData("night,weekend", "2026-01-10 03:00", true, "night is open until 2026-01-12 07:00", "2026-01-12 06:00", null)]
    [InlineData("weekend+night", "2026-01-10 12:00", false, "waits for weekend+night (opens 2026-01-10 22:00)", null, "2026-01-10 21:00")]
    [InlineData("lunch, 15:00-16:00", "2026-01-05 13:00", false, "waits for lunch (opens 2026-01-06 12:00) or 15:00-16:00 (opens 2026-01-05 15:00)", null, "2026-01-05 14:00")]
    [InlineData("night,idle", "2026-01-05 12:00", true, "nobody uses the machine", null, null)]
    [InlineData("night+idle", "2026-01-05 23:00", true, "night+idle: nobody uses the machine", null, null)]
    [InlineData("night+idle", "2026-01-05 12:00", false, "waits for night+idle (opens 2026-01-05 22:00)", null, "2026-01-05 21:00")]
    public void For_SaysWhetherWhyAndUntilWhen(string when, string berlin, bool open, string reason, string? until, string? opens)
        => Assert.Equal(new Permit(open, reason, Instant(until), Instant(opens)), Permits(when).For(null, Made.Utc(berlin).AddHours(-1)));

    [Fact]
    public void For_WhenSomebodyIsThere_WaitsForTheWindowOrForThemToLeave()
    {
        _presence.Now = FakePresence.Somebody(30);
        Assert.Equal("waits for night (opens 2026-01-05 22:00) or idle (somebody uses the machine)", Permits("night,idle").For(null, _time.GetUtcNow()).Reason);
        Assert.Equal("waits for night+idle (somebody uses the machine)", Permits("night+idle").For(null, Made.Utc("2026-01-05 22:00")).Reason);
    }

    [Theory]
    [InlineData("night", "22:00-07:00", "22:00-07:00")]
    [InlineData("night,idle", "22:00-07:00", "12:00-12:00")]
    [InlineData("night+idle", "", "22:00-07:00")]
    [InlineData("always", "12:00-12:00", "12:00-12:00")]
    public void PossibleOpenings_TakeTheMachineToBeIdle(string when, string sure, string possible)
    {
        _presence.Now = FakePresence.Somebody();
        var noon = Made.Utc("2026-01-05 11:00"); // in Berlin an hour later
        Assert.Equal((sure, possible), (Text(Permits("always").Openings(when, noon, noon.AddDays(1))), Text(Permits("always").PossibleOpenings(when, noon, noon.AddDays(1)))));

        static string Text(IEnumerable<Opening> openings)
            => string.Join(", ", openings.Select(o => $"{o.From.AddHours(1).ToString("HH:mm", CultureInfo.InvariantCulture)}-{o.To.AddHours(1).ToString("HH:mm", CultureInfo.InvariantCulture)}"));
    }

    [Fact]
    public void For_AWindowOfAnEntry_GoesBeforeTheWorkers()
    {
        var permits = Permits("always");
        Assert.False(permits.For("night", _time.GetUtcNow()).IsOpen);
        Assert.True(permits.For(null, _time.GetUtcNow()).IsOpen);
    }

    [Fact]
    public void For_OftenAsked_ReadsThePresenceAtMostOnceASecond_AndLessOftenWhileSomebodyIsThere()
    {
        var permits = Permits("idle");
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(permits.For(null, _time.GetUtcNow()).IsOpen);
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(10, _presence.Reads);
        _presence.Now = FakePresence.Somebody();
        for (var i = 0; i < 1000; i++)
        {
            Assert.False(permits.For(null, _time.GetUtcNow()).IsOpen); // the last reading was a second ago
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(12, _presence.Reads);
    }

    [Fact]
    public void For_ARuleWithoutIdle_NeverReadsThePresence()
    {
        var permits = Permits("night,weekend");
        _ = permits.For(null, _time.GetUtcNow());
        _ = permits.For("lunch", _time.GetUtcNow());
        _ = permits.For("always,idle", _time.GetUtcNow());
        Assert.Equal(0, _presence.Reads);
    }

    [Theory]
    [InlineData("nigth", "There is no window 'nigth'; did you mean 'night'?")]
    [InlineData("night+lunch", "never opens")]
    [InlineData("25:00-26:00", "has a time that no clock shows")]
    [InlineData("night,,idle", "A part of it is empty")]
    public void For_WhatIsNoWindow_IsSaid(string when, string fault)
    {
        Assert.Contains(fault, Assert.Throws<InputException>(() => Permits(when)).Message, StringComparison.Ordinal);
        Assert.Contains(fault, Assert.Throws<InputException>(() => Permits("always").For(when, _time.GetUtcNow())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("night", "2026-01-05 12:00", "2026-01-05 21:00")]
    [InlineData("night", "2026-01-05 23:00", "2026-01-06 21:00")]
    [InlineData("night,06:00-09:00", "2026-01-05 23:00", "2026-01-06 21:00")]
    [InlineData("night+idle", "2026-01-05 12:00", "2026-01-05 21:00")]
    [InlineData("night,idle", "2026-01-05 12:00", null)]
    [InlineData("always", "2026-01-05 12:00", null)]
    [InlineData("idle", "2026-01-05 12:00", null)]
    public void NextOpening_IsTheNextTimeThatWindowsOpen(string window, string utc, string? opens)
        => Assert.Equal(Instant(opens), Permits("always").NextOpening(window, Made.Utc(utc)));

    [Theory]
    [InlineData("night", "2026-03-28 12:00", "2026-03-30 12:00", "8 9")] // an hour is left out
    [InlineData("night", "2026-10-24 12:00", "2026-10-26 12:00", "10 9")] // an hour comes twice
    [InlineData("night,06:00-09:00,lunch", "2026-01-05 00:00", "2026-01-06 00:00", "8 1 3")] // cut at both ends
    [InlineData("night,idle", "2026-01-05 12:00", "2026-01-06 12:00", "9")]
    [InlineData("idle", "2026-01-05 12:00", "2026-01-06 12:00", "")]
    [InlineData("always", "2026-01-05 12:00", "2026-01-06 12:00", "24")]
    public void Openings_AreTheTimesOfTheWindowsAlone(string window, string from, string to, string hours)
        => Assert.Equal(hours, string.Join(' ', Permits("always").Openings(window, Made.Utc(from), Made.Utc(to)).Select(o => o.Length.TotalHours.ToString(CultureInfo.InvariantCulture))));

    [Fact]
    public void Words_AreInTheZoneOfTheWindows() => Assert.Equal("2026-07-01 14:00", Permits("always").Words(Made.Utc("2026-07-01 12:00")));

    private static DateTimeOffset? Instant(string? utc) => utc is null ? null : Made.Utc(utc);

    private WorkPermits Permits(string when) => new(Settings(), when, _presence, _time);

    private static WorkerSettings Settings() => new() { Zone = Made.Berlin, Windows = BuiltInWindows.In(Made.Berlin).ToDictionary(w => w.Name) };
}
