using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Presence.Linux;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Presence;

public sealed class LinuxPresenceTests : IDisposable
{
    private readonly MadeMachine _machine = new();
    private readonly ManualTime _time = new();
    private readonly List<int> _own = [100];
    private readonly LinuxPresence _presence;
    private string? _sessions;
    private string? _shown;

    public LinuxPresenceTests() => _presence = new LinuxPresence(_machine.Root, Run, () => _own, _time);

    [Fact]
    public void Read_WithoutLogind_TakesTheTerminalThatWasUsedLast()
    {
        var now = _time.GetUtcNow();
        _machine.Terminal("pts/0", now - TimeSpan.FromMinutes(30));
        _machine.Terminal("pts/2", now - TimeSpan.FromMinutes(7));
        _machine.Terminal("tty1", now - TimeSpan.FromHours(5));
        _machine.Terminal("pts/ptmx", now);
        _machine.Terminal("ttyS0", now);
        Assert.Equal(Reading<TimeSpan>.Of(TimeSpan.FromMinutes(7), "the terminal pts/2"), _presence.Read().SinceInput);
    }

    [Fact]
    public void Read_AClockThatWasSetBack_TakesAUseInTheFutureForNow()
    {
        _machine.Terminal("pts/0", _time.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, _presence.Read().SinceInput.Value);
    }

    [Fact]
    public void Read_NoTerminalAndNoLogind_IsUnknown() => Assert.Equal(Reading<TimeSpan>.Unknown("there is no logind, no display and no terminal"), _presence.Read().SinceInput);

    [Theory]
    [InlineData("tmp/.X11-unix/X0")]
    [InlineData("run/user/1000/wayland-0")]
    public void Read_ADisplayWithoutLogind_IsUnknown(string socket)
    {
        _machine.Write(socket, "");
        _machine.Terminal("pts/0", _time.GetUtcNow() - TimeSpan.FromHours(1));
        Assert.Equal(Reading<TimeSpan>.Unknown("a display is there, and no logind that says when it was used"), _presence.Read().SinceInput);
    }

    [Theory]
    [InlineData("no", 0.0, "logind: session 2 is in use")]
    [InlineData("yes", 20.0, "logind: session 2 is idle")]
    [InlineData("", null, "logind does not say whether session 2 is idle")]
    public void Read_ASessionWithADisplay_GoesByItsIdleHint(string hint, double? minutes, string note)
    {
        Logind(Session("2", "wayland", "tty2", hint, 20), Session("c1", "x11", "tty1", "no", 0, "greeter"), Session("9", "x11", "", "no", 0, state: "closing"));
        var reading = _presence.Read().SinceInput;
        Assert.Equal((minutes, note), (reading.Value?.TotalMinutes, reading.Note));
    }

    [Fact]
    public void Read_ASessionOnATerminal_GoesByTheTerminal()
    {
        _machine.Terminal("pts/3", _time.GetUtcNow() - TimeSpan.FromMinutes(4));
        _machine.Terminal("pts/4", _time.GetUtcNow() - TimeSpan.FromMinutes(1)); // belongs to nobody's session: screen, say
        Logind(Session("7", "tty", "pts/3", "no", 50), Session("8", "tty", "", "no", 0), Session("2", "x11", "tty2", "yes", 60));
        Assert.Equal(Reading<TimeSpan>.Of(TimeSpan.FromMinutes(4), "the terminal pts/3 of session 7"), _presence.Read().SinceInput);
    }

    [Fact]
    public void Read_ASessionFromAnotherMachineWithoutATerminal_GoesByTheTerminalsAndIsNeverTakenForNobody()
    {
        Logind(Session("8", "tty", "", "no", -1) + "\nRemote=yes");
        Assert.Equal("session 8 from another machine, and the terminals", _presence.Read().SinceInput.Note);
        Logind(Session("8", "tty", "", "no", 0).Replace("IdleSinceHint=", "Was=", StringComparison.Ordinal) + "\nRemote=yes");
        Assert.Equal(Reading<TimeSpan>.Unknown("session 8 comes from another machine and has no terminal that says when it was used"), _presence.Read().SinceInput);
        _machine.Terminal("pts/4", _time.GetUtcNow() - TimeSpan.FromMinutes(2)); // an editor's
        Assert.Equal(2, _presence.Read().SinceInput.Value?.TotalMinutes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_NobodyLoggedIn_IsAsLongAsTheSystemRuns(bool greeter)
    {
        Logind(greeter ? [Session("c1", "x11", "tty1", "no", 0, "greeter")] : []);
        Assert.Equal(Reading<TimeSpan>.Of(TimeSpan.FromSeconds(5000.25), "logind: nobody is logged in"), _presence.Read().SinceInput);
    }

    [Fact]
    public void Read_LogindThatIsThereAndDoesNotAnswer_GoesByTheTerminals()
    {
        Directory.CreateDirectory(_machine.At("run/systemd/seats"));
        _machine.Terminal("pts/0", _time.GetUtcNow() - TimeSpan.FromMinutes(3));
        Assert.Equal(3, _presence.Read().SinceInput.Value?.TotalMinutes);
        (_sessions, _shown) = ("2 1000 me seat0 tty2\n", null);
        Assert.Equal("logind lists sessions and does not show them", _presence.Read().SinceInput.Note);
    }

    [Fact]
    public void Read_Load_IsThatOfOthers_OverAMinute()
    {
        _machine.Process(1, 0, 1000);
        _machine.Process(100, 1, 500);
        _machine.Cpu(5000);
        Assert.Equal(0.25, Load()); // what the system says of the minute before: 0.5 on two cores
        for (var second = 5; second <= 120; second += 5)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            _machine.Process(100, 1, 500 + second); // one core of the worker, one of its child, a tenth of somebody's
            _machine.Process(101, 100, second);
            _machine.Cpu(5000 + (2.1 * second));
            Assert.Equal(second < 60 ? (0.25 * (60 - second) / 60) + (0.05 * second / 60) : 0.05, Load()!.Value, 3);
        }
    }

    [Fact]
    public void Read_Load_KnowsProcessesThatBeginAndEnd()
    {
        _machine.Write("proc/loadavg", "0.00 0 0 1/1 1\n");
        _machine.Process(1, 0, 0);
        _machine.Process(100, 1, 0);
        _machine.Process(101, 100, 3000);
        _machine.Process(200, 1, 7000);
        _machine.Process(300, 1, 0);
        _machine.Cpu(10_000);
        Assert.Equal(0, Load());

        _time.Advance(TimeSpan.FromSeconds(60));
        _machine.End(101); // waited for by its parent, after another 50 s
        _machine.Process(100, 1, 0, ofChildren: 3050);
        _machine.Cpu(10_050);
        Assert.Equal(0, Load());

        _time.Advance(TimeSpan.FromSeconds(60));
        _own.Add(200); // another worker, which has been there before and used 30 s
        _machine.Process(200, 1, 7030);
        _machine.Process(300, 1, 60);
        _machine.Cpu(10_140);
        Assert.Equal(0.5, Load());

        _time.Advance(TimeSpan.FromSeconds(60));
        _machine.End(200); // without its parent's having been TuneLab's: what it had used must not count against others
        _machine.Process(300, 1, 120);
        _machine.Cpu(10_200);
        Assert.Equal(0.5, Load());
    }

    [Fact]
    public void Read_LoadAndMemory_AreReadEveryFiveSeconds_InputEachTime()
    {
        _machine.Terminal("pts/0", _time.GetUtcNow());
        _presence.Read();
        _machine.Write("proc/meminfo", "MemAvailable: 1 kB\n");
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((4.0, 4_096_000_000), (_presence.Read().SinceInput.Value?.TotalSeconds, _presence.Read().FreeMemoryBytes.Value));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1024, _presence.Read().FreeMemoryBytes.Value);
    }

    [Fact]
    public void Read_FreeMemory_IsWithWhatTuneLabHolds()
    {
        _machine.Process(100, 1, 0, pages: 1000);
        _machine.Process(101, 100, 0, pages: 200);
        _machine.Process(300, 1, 0, pages: 50);
        Assert.Equal(4_096_000_000 + (1200L * Environment.SystemPageSize), _presence.Read().FreeMemoryBytes.Value);
    }

    [Fact]
    public void Read_Pressure_IsWhatSomethingWaitedFor() => Assert.Equal(3.25, _presence.Read().Pressure.Value);

    [Fact]
    public void Read_AKernelWithoutPressure_OffersNone()
    {
        File.Delete(_machine.At("proc/pressure/cpu"));
        var pressure = _presence.Read().Pressure;
        Assert.Equal((null, false), (pressure.Value, pressure.IsOffered));
        _machine.Write("proc/pressure/cpu", ""); // switched off at boot
        Assert.True(_presence.Read().Pressure is { Value: null, IsOffered: true });
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("AC:Mains:online=1;BAT0:Battery:status=Charging", true)]
    [InlineData("AC:Mains:online=0;BAT0:Battery:status=Discharging", false)]
    [InlineData("AC:Mains:online=0;BAT0:Battery:status=Unknown", false)]
    [InlineData("ucsi:USB:online=1;ucsi2:USB:online=0;BAT0:Battery:status=Not charging", true)]
    [InlineData("BAT0:Battery:status=Discharging", false)]
    [InlineData("BAT0:Battery:status=Full", true)]
    [InlineData("BAT0:Battery:status=Unknown", null)]
    [InlineData("hidpp:Battery:status=Discharging,scope=Device", true)]
    public void Read_Mains_IsReadFromTheSupplies(string supplies, bool? mains)
    {
        foreach (var supply in supplies.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(':')))
        {
            _machine.Supply(supply[0], supply[1], [.. supply[2].Split(',').Select(f => (f.Split('=')[0], f.Split('=')[1]))]);
        }

        Assert.Equal(mains, _presence.Read().OnMains.Value);
    }

    [Fact]
    public void Read_NothingThere_IsAllUnknownWithReasons()
    {
        var reading = new LinuxPresence(_machine.At("nowhere"), (_, _) => null, () => [], _time).Read();
        Assert.Null(reading.SinceInput.Value);
        Assert.Null(reading.LoadPerCore.Value);
        Assert.Null(reading.Pressure.Value);
        Assert.Null(reading.OnMains.Value);
        Assert.Null(reading.FreeMemoryBytes.Value);
        Assert.All(new[] { reading.SinceInput.Note, reading.LoadPerCore.Note, reading.Pressure.Note, reading.OnMains.Note, reading.FreeMemoryBytes.Note }, n => Assert.NotEmpty(n));
    }

    public void Dispose() => _machine.Dispose();

    private double? Load() => _presence.Read().LoadPerCore.Value;

    private void Logind(params string[] sessions)
    {
        Directory.CreateDirectory(_machine.At("run/systemd/seats"));
        _sessions = string.Concat(sessions.Select(s => s.Split('\n')[0].Split('=')[1] + " 1000 me seat0 tty2\n"));
        _shown = string.Join("\n\n", sessions) + "\n";
    }

    private string Session(string id, string type, string terminal, string hint, double idleMinutes, string kind = "user", string state = "active")
        => $"Id={id}\nTTY={terminal}\nType={type}\nClass={kind}\nState={state}\nIdleHint={hint}\nIdleSinceHint={(_time.GetUtcNow() - TimeSpan.FromMinutes(idleMinutes) - DateTimeOffset.UnixEpoch).Ticks / 10}";

    private string? Run(string program, string[] arguments) => (program, arguments[0]) switch
    {
        ("loginctl", "list-sessions") => _sessions,
        ("loginctl", "show-session") => _shown,
        _ => throw new InvalidOperationException(program),
    };
}
