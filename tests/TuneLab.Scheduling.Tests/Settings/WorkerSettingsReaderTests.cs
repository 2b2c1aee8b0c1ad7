using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Settings;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Settings;

public class WorkerSettingsReaderTests
{
    private static readonly ManualTime Time = new();

    [Fact]
    public void Schema_MatchesTheCommittedOne() => Golden.Matches("configs/worker/worker.schema.json", WorkerSettingsReader.Schema());

    [Fact]
    public void ReadFile_OfTheSample_HasTheDefaultsAndItsWindows()
    {
        var settings = WorkerSettingsReader.ReadFile(RepositoryFile.At("configs/worker/worker.yaml"), Time);
        var defaults = WorkerSettings.Default(Time);
        Assert.Equal(["always", "early", "lunch", "month_end", "night", "quiet_night", "weekend"], settings.Windows.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(settings.Hints);
        Assert.Equal(
            (defaults.When, defaults.Idle, defaults.Jobs, defaults.Threads, defaults.MemoryBytes, defaults.Nice, defaults.Io, defaults.Retry, defaults.Background),
            (settings.When, settings.Idle, settings.Jobs, settings.Threads, settings.MemoryBytes, settings.Nice, settings.Io, settings.Retry, settings.Background));
        Assert.Empty(settings.Alerts.Channels);
    }

    [Fact]
    public void ReadFile_OfTheSampleWithItsCommentedKeys_IsRead()
    {
        // a key in a comment begins with "# ", then lower-case letters and a colon, or is an entry under one
        var lines = File.ReadAllLines(RepositoryFile.At("configs/worker/worker.yaml")).Skip(1)
            .Select(l => System.Text.RegularExpressions.Regex.IsMatch(l, "^# ([a-z_]+: |alerts:|  )") ? l[2..] : l);
        var settings = Read(string.Join('\n', lines));
        Assert.Equal("Europe/Berlin", settings.Zone.Id);
        Assert.Equal("night,weekend,idle", settings.When);
        Assert.Equal((2, 2, 4L << 30), (settings.Jobs, settings.Threads, settings.MemoryBytes));
        Assert.Equal([AlertCarrier.Webhook, AlertCarrier.File], settings.Alerts.Channels.Select(c => c.Carrier));
        Assert.Single(settings.Hints, h => h.Contains("'night' and 'weekend' overlap", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Everything_IsThere()
    {
        var settings = Read("""
            time_zone: America/New_York
            when: early+idle
            windows: { early: "05:00-08:00" }
            idle: { keyboard: 3m, load: ignore, pressure: 5.5, power: ignore, memory: 512MB }
            nice: 5
            io: low
            retry: { attempts: 1, wait: 10s }
            background: { slice: 2m, plateau: 7 }
            alerts: [{ command: notify me, on: metric, past: 0.9, metric: auc, retries: 0 }, { file: log/alerts.jsonl }]
            """);
        Assert.Equal(new IdleSettings { Keyboard = TimeSpan.FromMinutes(3), LoadPerCore = null, Pressure = 5.5, Mains = false, FreeMemoryBytes = 512L << 20 }, settings.Idle);
        Assert.Equal((5, IoClass.Low, "early+idle", "America/New_York"), (settings.Nice, settings.Io, settings.When, settings.Windows["night"].Zone.Id));
        Assert.Equal(new RetrySettings { Attempts = 1, Wait = TimeSpan.FromSeconds(10) }, settings.Retry);
        Assert.Equal(new BackgroundSettings { Slice = TimeSpan.FromMinutes(2), Plateau = 7 }, settings.Background);
        var (command, file) = (settings.Alerts.Channels[0], settings.Alerts.Channels[1]);
        Assert.Equal(("notify me", 0.9, "auc", 0), (command.Target, command.Past, command.Metric, command.Retries));
        Assert.Equal([AlertEvent.Metric], command.On);
        Assert.Equal(Path.GetFullPath("folder/log/alerts.jsonl"), file.Target);
        Assert.DoesNotContain(AlertEvent.Metric, file.On);
    }

    [Fact]
    public void Read_ManyFaults_NamesAllAtOnce()
    {
        var error = Assert.Throws<InputException>(() => Read("""
            time_zone: Europe/Berln
            when: nigth
            windows:
              empty: {}
              never: { times: 08:00-09:00, days: mon, closed: 01-01..12-31 }
              same: 07:00-07:00
              hourly: { cron: "0 25 * * *" }
              idle: 22:00-07:00
              both: { times: 22:00-07:00, closed: 12-24, open: 12-24 }
            idle: { keyboard: 10, loud: 3 }
            nice: 20
            alerts: [{ webhook: ftp://example.com }, { command: a, file: b }]
            """));
        string[] expected =
        [
            "worker.yaml line 1: 'time_zone' is 'Europe/Berln'; allowed is a time zone that this system knows, like Europe/Berlin or UTC; did you mean 'Europe/Berlin'?",
            "worker.yaml line 2: 'when' is 'nigth'. There is no window 'nigth'; did you mean 'night'? The windows are: always, both, empty, hourly, idle, lunch, never, night, same, weekend.",
            "worker.yaml line 4: 'windows.empty' is empty: a window needs 'times', 'cron' or 'open'.",
            "worker.yaml line 5: 'windows.never' never opens: there is no time within five years from 2026-01-05 at which it would; look at its times, its dates and its cron expression.",
            "worker.yaml line 6: 'windows.same' is '07:00-07:00', which is empty: it closes when it opens; the whole day is 00:00-24:00.",
            "worker.yaml line 8: 'windows.idle' can't be made anew: idle always means the same; give the window another name.",
            "worker.yaml line 9: 'windows.both' is both closed and open on 12-24; take it out of one of them.",
            "worker.yaml line 10: 'idle.keyboard' is '10'; allowed is a duration above 0 with its unit, like 90s, 5m, 2h or 1d, or ignore.",
            "worker.yaml line 11: 'nice' is '20'; allowed is a whole number from 0 to 19.",
            "worker.yaml line 12: 'alerts.0.webhook' is 'ftp://example.com', which is no address; allowed is one that begins with http:// or https://.",
            "worker.yaml line 12: 'alerts.1' has command and file; write an entry for each.",
        ];
        foreach (var fault in expected)
        {
            Assert.Contains(fault, error.Faults);
        }

        Assert.Contains(error.Faults, f => f.StartsWith("worker.yaml line 7: 'windows.hourly.cron' is '0 25 * * *', which is no cron expression", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.StartsWith("worker.yaml line 10: unknown key 'idle.loud'; did you mean 'load'?", StringComparison.Ordinal));
        Assert.Equal(13, error.Faults.Count);
    }

    [Theory]
    [InlineData("when: night+lunch", "'when' is 'night+lunch': 'night+lunch' never opens, its windows are at no time open together")]
    [InlineData("when: []", "'when' is empty")]
    [InlineData("when: night,", "A part of it is empty")]
    [InlineData("windows: { a b: 22:00-07:00 }", "'a b' is no name for a window")]
    [InlineData("windows: { now: 22:00-07:00 }", "now always means the same")]
    [InlineData("windows: { leap: { open: 02-29, closed: 02-29 } }", "both closed and open on 02-29")]
    public void Read_AFault_SaysWhatItIs(string text, string fault)
        => Assert.Contains(Assert.Throws<InputException>(() => Read(text)).Faults, f => f.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("when: [night, idle]", null)]
    [InlineData("when: night,weekend", "worker.yaml line 1: 'when' is 'night,weekend': 'night' and 'weekend' overlap, the next time at 2026-01-09 22:00; work runs while any of them is open.")]
    [InlineData("when: night,always", "worker.yaml line 1: 'when' is 'night,always': 'always' is always open, so that the others say nothing.")]
    [InlineData("windows: { long: [22:00-07:00, 06:30-08:00] }", "worker.yaml line 1: times of 'windows.long' overlap, sun 06:30 is in two of them; the window is open while any of them is.")]
    [InlineData("windows: { back_to_back: [22:00-07:00, 07:00-08:00] }", null)]
    public void Read_Overlaps_AreHints(string text, string? hint) => Assert.Equal(hint is null ? [] : [hint], Read("time_zone: UTC\n" + text).Hints.Select(h => h.Replace("line 2", "line 1", StringComparison.Ordinal)));

    [Fact]
    public void ReadFile_WithoutOne_SaysSo() => Assert.Contains("There is no worker file", Assert.Throws<InputException>(() => WorkerSettingsReader.ReadFile("no.yaml", Time)).Message, StringComparison.Ordinal);

    private static WorkerSettings Read(string text) => WorkerSettingsReader.Read(text, "folder/worker.yaml", Time);
}
