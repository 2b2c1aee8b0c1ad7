using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Presence.Mac;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Presence;

/// <summary>macOS by what its programs say, in the form in which they print it.</summary>
public class MacPresenceTests
{
    private readonly Dictionary<string, string?> _said = new()
    {
        ["ioreg"] = "+-o IOHIDSystem  <class IOHIDSystem, id 0x100000a3b>\n    {\n      \"HIDIdleTime\" = 754321000000\n      \"HIDParameters\" = {\"HIDClickTime\"=500000000}\n    }\n",
        ["pmset"] = "Now drawing from 'AC Power'\n -InternalBattery-0 (id=1234)\t100%; charged; 0:00 remaining present: true\n",
        ["vm_stat"] = "Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free:                              10000.\nPages active:                            99999.\nPages inactive:                          20000.\nPages speculative:                        3000.\nPages purgeable:                           500.\n",
        ["ps"] = "    1     0   0.5  10000\n  500     1  30.0  20000\n  501   500 150.0  40000\n  700     1  39.5  50000\n",
    };

    [Fact]
    public void Read_ReadsWhatTheProgramsSay()
    {
        var reading = Read();
        Assert.Equal(754.321, reading.SinceInput.Value?.TotalSeconds);
        Assert.True(reading.OnMains.Value);
        Assert.Equal(0.1, reading.LoadPerCore.Value!.Value, 6); // 40 % of 4 cores: 500 and 501 are TuneLab's
        Assert.Equal((33500L * 16384) + (60000L * 1024), reading.FreeMemoryBytes.Value);
        Assert.False(reading.Pressure.IsOffered);
    }

    [Fact]
    public void Read_OnBattery_IsNotOnMains()
    {
        _said["pmset"] = "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1234)\t80%; discharging;\n";
        Assert.False(Read().OnMains.Value);
    }

    [Fact]
    public void Read_ProgramsThatDoNotAnswer_IsUnknown()
    {
        _said.Keys.ToList().ForEach(k => _said[k] = null);
        var reading = Read();
        Assert.Equal((null, null, null, null), (reading.SinceInput.Value, reading.OnMains.Value, reading.LoadPerCore.Value, reading.FreeMemoryBytes.Value));
    }

    private PresenceReading Read() => new MacPresence((program, _) => _said[program], () => [500], 4, new ManualTime()).Read();
}
