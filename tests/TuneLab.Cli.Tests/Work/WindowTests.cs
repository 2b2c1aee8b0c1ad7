using TuneLab.Scheduling.Presence;

namespace TuneLab.Cli.Tests.Work;

/// <summary>Windows, idle and the worker's settings from the command line.</summary>
public sealed class WindowTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public WindowTests() => ToyTable.WriteTo(_folder);

    [Fact]
    public void Add_WithAWindowOfTheSettings_IsQueuedForIt()
    {
        _folder.Write("store/worker.yaml", "time_zone: UTC\nwindows: { leap: { open: 02-29 } }\n");
        var entry = _folder.Run("queue", "add", "toy.yaml", "--window", "leap", "--json").Expect(0).Json()[0];
        Assert.Equal("leap", entry.GetProperty("window").GetString());
        Assert.Matches("^waits for leap \\(opens 20[0-9]{2}-02-29 00:00\\)$", entry.GetProperty("reason").GetString());
    }

    [Fact]
    public void Add_Nightly_IsForTheNight()
    {
        var entry = _folder.Run("queue", "add", "toy.yaml", "--repeat", "nightly", "--json").Expect(0).Json()[0];
        Assert.Equal(("night", "night"), (entry.GetProperty("window").GetString(), entry.GetProperty("repeat").GetString()));
    }

    [Theory]
    [InlineData("queue add toy.yaml --window nigth", "There is no window 'nigth'; did you mean 'night'?")]
    [InlineData("queue add toy.yaml --window night+lunch", "'night+lunch' never opens")]
    [InlineData("queue add toy.yaml --window 22:00-22:00", "is empty: it closes when it opens")]
    [InlineData("queue add toy.yaml --repeat idle", "opens at no known time")]
    [InlineData("queue add toy.yaml --settings none.yaml", "There is no worker file")]
    [InlineData("work --when nigth", "There is no window 'nigth'; did you mean 'night'?")]
    [InlineData("work --when night,", "A part of it is empty")]
    [InlineData("work --nice 20", "--nice is '20'; allowed is a whole number from 0 to 19.")]
    [InlineData("work --memory 4", "--memory is '4'; allowed is an amount of memory above 0 with its unit")]
    public void Verb_WithWhatIsNoWindowOrLimit_SaysWhatIsAllowed(string line, string fault)
    {
        _folder.Run(line.Split(' ')).ExpectBadInput(fault);
        Assert.Empty(_folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray());
    }

    [Fact]
    public void Work_WithFaultsInItsSettings_SaysAllOfThem()
    {
        _folder.Write("configs/worker/worker.yaml", "time_zone: Mars\nwindows: { never: { times: 08:00-09:00, closed: 01-01..12-31 } }\nnice: 20\n");
        _folder.Run("work", "--drain").ExpectBadInput("worker.yaml line 1: 'time_zone' is 'Mars'", "worker.yaml line 2: 'windows.never' never opens", "worker.yaml line 3: 'nice' is '20'");
        Assert.Contains("settings are left out", _folder.Run("queue", "list").Expect(0).Error, StringComparison.Ordinal);
        Assert.Contains("worker           NO", _folder.Run("doctor").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AfterAWorkerWithWindowsOfItsOwn_SaysHowMuchOfTheseItNeeds()
    {
        _folder.Write("store/worker.yaml", "time_zone: UTC\nwindows: { hour: { times: 03:00-04:00 } }\n");
        Assert.Contains(" of window night,idle.", _folder.Run("check", "toy.yaml").Expect(0).Output, StringComparison.Ordinal);
        _folder.Run("work", "--drain", "--when", "hour").Expect(0);
        Assert.Contains(" of window hour.", _folder.Run("check", "toy.yaml").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_AfterAWorkerWithWindowsOfItsOwn_MeasuresByThese()
    {
        _folder.Write("store/worker.yaml", "time_zone: UTC\nwindows: { hour: { times: 03:00-04:00 } }\n");
        _folder.Run("work", "--drain").Expect(0); // works always: no windows to measure by
        Assert.Equal(9 * 3600, Open()); // the night, of the last day
        _folder.Run("work", "--drain", "--when", "hour").Expect(0);
        Assert.Equal(3600, Open());
        _folder.Write("store/worker.yaml", "time_zone: UTC\n");
        Assert.Equal(9 * 3600, Open());

        double Open() => _folder.Run("status", "--json").Expect(0).Json().GetProperty("work").GetProperty("windows_open_seconds").GetDouble();
    }

    [Fact]
    public void Status_OnMonday_LooksBackOverTheWholeWeekend()
    {
        // the last opening is one of 36 hours that goes on: all of it is measured, not the last day alone
        var begin = DateTime.UtcNow.AddHours(-36);
        var days = new[] { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };
        var end = DateTime.UtcNow.AddHours(2);
        _folder.Write("store/worker.yaml", string.Create(CultureInfo.InvariantCulture, $"time_zone: UTC\nwindows: {{ long: {{ times: {days[(int)begin.DayOfWeek]} {begin:HH:mm}-{days[(int)end.DayOfWeek]} {end:HH:mm} }} }}\n"));
        _folder.Run("work", "--drain", "--when", "long").Expect(0);
        Assert.InRange(_folder.Run("status", "--json").Expect(0).Json().GetProperty("work").GetProperty("windows_open_seconds").GetDouble(), 35.9 * 3600, 36.2 * 3600);
    }

    [Fact]
    public void Status_TheWorkersWindowsAreNoLongerOpenTogether_GoesByTheUsualOnes()
    {
        _folder.Write("store/worker.yaml", "time_zone: UTC\nwindows: { early: 05:00-08:00 }\n");
        _folder.Run("work", "--drain", "--when", "night+early").Expect(0);
        _folder.Write("store/worker.yaml", "time_zone: UTC\nwindows: { early: 08:00-09:00 }\n");
        _folder.Run("queue", "add", "toy.yaml").Expect(0);
        Assert.Contains("toy", _folder.Run("queue", "list").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("toy", _folder.Run("status").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_TheOneNamedGoesBeforeTheStoresGoesBeforeTheProjects()
    {
        _folder.Write("configs/worker/worker.yaml", "windows: { projects: 22:00-07:00 }\n");
        _folder.Write("named.yaml", "windows: { named: 22:00-07:00 }\n");
        _folder.Run("queue", "add", "toy.yaml", "--window", "projects").Expect(0);
        _folder.Write("store/worker.yaml", "windows: { stores: 22:00-07:00 }\n");
        _folder.Run("queue", "add", "toy.yaml", "--window", "projects").ExpectBadInput("There is no window 'projects'", "store/worker.yaml");
        _folder.Run("queue", "add", "toy.yaml", "--window", "named", "--settings", "named.yaml").Expect(0);
    }

    [Fact]
    public void Work_ItsStoreOrSettingsCannotBeReached_MayBeTriedAgain()
    {
        _folder.Write("store", "a file where the store's folder was");
        _folder.Run("queue", "add", "toy.yaml").ExpectBadInput("can't be opened for writing");
        _folder.Run("work", "--drain").ExpectError(1, "can't be opened for writing");
        File.Delete(_folder.At("store"));
        _folder.Run("work", "--drain", "--settings", "away/worker.yaml").ExpectError(1, "There is no worker file", "is not there");
        _folder.Run("work", "--drain", "--settings", "none.yaml").ExpectBadInput("There is no worker file");
    }

    [Fact]
    public void Doctor_SaysWhatIsKnownOfIdle()
    {
        var presence = new Presence { Now = Presence.Nobody with { SinceInput = Reading<TimeSpan>.Unknown("no keyboard"), Pressure = Reading<double>.NotOffered("none here") } };
        var findings = CliFolder.Run(With(presence), "doctor", "--json").Expect(0).Json().GetProperty("findings").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        Assert.Equal("unknown: no keyboard", findings["idle: input"].GetProperty("value").GetString());
        Assert.Contains("'idle: { keyboard: ignore }'", findings["idle: input"].GetProperty("hint").GetString(), StringComparison.Ordinal);
        Assert.Equal("0.01 per core (a test)", findings["idle: load"].GetProperty("value").GetString());
        Assert.Equal("none: none here", findings["idle: pressure"].GetProperty("value").GetString());
        Assert.Equal("on mains (a test)", findings["idle: power"].GetProperty("value").GetString());
        Assert.Equal("8.0 GB free (a test)", findings["idle: memory"].GetProperty("value").GetString());
        Assert.Equal("not now: whether somebody is there is not known: no keyboard", findings["idle"].GetProperty("value").GetString());
    }

    [Fact]
    public void Work_WhileNobodyIsThere_RunsWhatIsForIdle()
    {
        _folder.Run("queue", "add", "toy.yaml", "--window", "idle").Expect(0);
        var output = CliFolder.Run(With(new Presence()), "work", "--drain", "--jobs", "2", "--nice", "0").Expect(0).Output;
        Assert.Contains("works when it is always", output, StringComparison.Ordinal);
        Assert.Equal("done", _folder.Run("queue", "list", "--json").Expect(0).Json()[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Work_WhenSomebodyComesBack_RestsAndGoesOnWhenTheyHaveLeft()
    {
        _folder.Write("long.yaml", "name: long\n" + ToyTable.Experiment().Replace("trials: 3 }", "trials: 5000 }", StringComparison.Ordinal).Replace("budget: { trials: 6 }", "budget: { trials: 5100 }", StringComparison.Ordinal));
        _folder.Run("queue", "add", "long.yaml").Expect(0);
        var presence = new Presence();
        var work = Task.Run(() => CliFolder.Run(With(presence), "work", "--when", "idle", "--jobs", "2"));
        try
        {
            await State("running");
            presence.Now = Presence.Nobody with { SinceInput = Reading<TimeSpan>.Of(TimeSpan.Zero, "a test") };
            await State("resting");
            presence.Now = Presence.Nobody;
            await State("running");
        }
        finally
        {
            _folder.Run("work", "stop").Expect(0);
        }

        var output = (await work).Expect(0).Output;
        Assert.Contains("works when it is idle; settings: the defaults", output, StringComparison.Ordinal);
        Assert.Contains("long: rests: waits for idle (somebody uses the machine)", output, StringComparison.Ordinal);
        Assert.Contains("long: goes on", output, StringComparison.Ordinal);
        Assert.Equal("paused", _folder.Run("queue", "list", "--json").Expect(0).Json()[0].GetProperty("state").GetString());
    }

    public void Dispose() => _folder.Dispose();

    private CliEnvironment With(Presence presence) => _folder.Environment with { Presence = (_, _) => presence };

    // a machine that does other things too may take long to start the experiment's process
    private async Task State(string state)
    {
        for (var i = 0; i < 600; i++)
        {
            if (_folder.Run("work", "status", "--json").Expect(0).Json().EnumerateArray().Any(w => w.GetProperty("state").GetString() == state))
            {
                return;
            }

            await Task.Delay(100, CancellationToken.None);
        }

        Assert.Fail($"The worker was not {state} within a minute.");
    }

    private sealed class Presence : IPresence
    {
        private volatile PresenceReading _now = Nobody;

        public static PresenceReading Nobody { get; } = new()
        {
            SinceInput = Reading<TimeSpan>.Of(TimeSpan.FromHours(1), "a test"),
            LoadPerCore = Reading<double>.Of(0.01, "a test"),
            Pressure = Reading<double>.Of(0, "a test"),
            OnMains = Reading<bool>.Of(true, "a test"),
            FreeMemoryBytes = Reading<long>.Of(8L << 30, "a test"),
        };

        public PresenceReading Now
        {
            get => _now;
            set => _now = value;
        }

        public PresenceReading Read() => _now;
    }
}
