using TuneLab.Cli.Output;
using TuneLab.Experiments.Forecasting;
using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Windows;
using TuneLab.Storage.Work;
using TuneLab.Testing;

namespace TuneLab.Cli.Tests.Views;

public sealed class OutlookTests
{
    private static readonly DateTimeOffset Now = new ManualTime().GetUtcNow(); // 2026-01-05 08:00, a Monday

    [Theory]
    [InlineData("night", null, null, "2026-01-05 23:00 in windows")]
    [InlineData("night", "2026-01-06 02:00", null, "2026-01-06 03:00 in windows")]
    [InlineData("23:00-23:30", null, null, "2026-01-06 23:30 in windows")]
    [InlineData(null, null, null, "2026-01-05 13:00 in windows")]
    [InlineData("night", null, "2026-01-05 22:30", "2026-01-05 22:30 in windows cut")]
    [InlineData("always", null, "2026-01-05 08:30", "2026-01-05 08:30 cut")]
    [InlineData("always", "2026-01-05 10:00", null, "2026-01-05 11:00")]
    public void Of_AnEntry_HeedsItsWindowsAndItsDeadline(string? window, string? notBefore, string? deadline, string end)
    {
        var entry = new QueueEntry { Name = "churn", Plan = "{}", File = "/churn.yaml", DataDigest = "", Window = window, NotBefore = At(notBefore), Deadline = At(deadline) };
        var outlook = Outlook.Of(Hour(), entry, Permits(), "lunch", Now);
        Assert.Equal(end, outlook.Forecast.Ends!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + (outlook.InWindows ? " in windows" : "") + (outlook.Cut is null ? "" : " cut"));
    }

    [Fact]
    public void Of_AWindowThatTheFileDoesNotHave_SaysWhatItTakesAndNoMore()
    {
        var entry = new QueueEntry { Name = "churn", Plan = "{}", File = "/churn.yaml", DataDigest = "", Window = "renamed" };
        var outlook = Outlook.Of(Hour(), entry, Permits(), "lunch", Now);
        Assert.Equal(("renamed", null, false, 3600.0), (outlook.Window, outlook.Length, outlook.InWindows, outlook.Forecast.Left!.Value.Median));
    }

    [Theory]
    [InlineData("2026-01-09 20:00")] // the weekend has begun
    [InlineData("2026-01-11 12:00")]
    public void Of_AWindowThatIsOpen_KnowsHowLongTheNextOneIs(string now)
        => Assert.Equal(TimeSpan.FromHours(61), Outlook.Of(Hour(), null, Permits(), "weekend", At(now)!.Value).Length);

    [Fact]
    public void Of_WhatIsNotQueued_EndsAsIfItWentOnNow()
    {
        var outlook = Outlook.Of(Hour(), null, Permits(), "lunch", Now);
        Assert.Equal((Now.AddHours(1), "lunch", TimeSpan.FromHours(1), false), (outlook.Forecast.Ends, outlook.Window, outlook.Length, outlook.InWindows));
    }

    private static DateTimeOffset? At(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);

    private static Forecast Hour() => new(new SecondsLeft(3600, 3600, 3600), null, Now.AddHours(1), [], 2);

    private static WorkPermits Permits()
    {
        var settings = WorkerSettings.Default(new ManualTime()) with { Zone = TimeZoneInfo.Utc, Windows = BuiltInWindows.In(TimeZoneInfo.Utc).ToDictionary(w => w.Name, StringComparer.Ordinal) };
        return new WorkPermits(settings, "always", new NoPresence(), new ManualTime());
    }

    private sealed class NoPresence : IPresence
    {
        public PresenceReading Read() => throw new InvalidOperationException("nobody asked for idle");
    }
}
