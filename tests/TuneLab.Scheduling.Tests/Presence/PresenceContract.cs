using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Presence.Linux;
using TuneLab.Scheduling.Presence.Mac;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Presence;

/// <summary>What holds for every reader of presence.</summary>
public abstract class PresenceContract
{
    [Fact]
    public void Read_AgainAndAgain_GivesValuesInTheirRangesOrReasons()
    {
        var presence = Make();
        for (var i = 0; i < 3; i++)
        {
            var reading = presence.Read();
            Sound(reading.SinceInput, t => t >= TimeSpan.Zero);
            Sound(reading.LoadPerCore, l => l >= 0 && double.IsFinite(l));
            Sound(reading.Pressure, p => p is >= 0 and <= 100);
            Sound(reading.OnMains, _ => true);
            Sound(reading.FreeMemoryBytes, b => b >= 0);
        }
    }

    /// <summary>The reader.</summary>
    protected abstract IPresence Make();

    private static void Sound<T>(Reading<T> reading, Func<T, bool> inRange)
        where T : struct
    {
        Assert.False(string.IsNullOrWhiteSpace(reading.Note));
        Assert.True(reading.Value is not { } value || (inRange(value) && reading.IsOffered), reading.ToString());
    }
}

public class MachinePresenceContractTests : PresenceContract
{
    protected override IPresence Make() => MachinePresence.Of(() => [Environment.ProcessId], TimeProvider.System);
}

public class NoLinuxPresenceContractTests : PresenceContract
{
    protected override IPresence Make() => new LinuxPresence("/nowhere/at/all", (_, _) => null, () => [1], new ManualTime());
}

public sealed class GarbledLinuxPresenceContractTests : PresenceContract, IDisposable
{
    private readonly MadeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    protected override IPresence Make()
    {
        foreach (var file in new[] { "proc/stat", "proc/loadavg", "proc/meminfo", "proc/pressure/cpu", "proc/uptime", "proc/7/stat", "sys/class/power_supply/BAT0/type", "run/systemd/seats/seat0" })
        {
            _machine.Write(file, "some cpu -1 ? \n\n=(\0avg10=x");
        }

        return new LinuxPresence(_machine.Root, (_, _) => "Id=\n\n\nClass=user\nType=x11\nIdleHint=yes\nIdleSinceHint=99999999999999999999\n", () => [7], new ManualTime());
    }
}

public class GarbledMacPresenceContractTests : PresenceContract
{
    protected override IPresence Make() => new MacPresence((_, _) => "a b c d\n\"HIDIdleTime\" = 99999999999999999999\nPages free: x.\n", () => [1], 2, new ManualTime());
}
