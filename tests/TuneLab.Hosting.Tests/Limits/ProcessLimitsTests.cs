using System.Diagnostics;
using TuneLab.Experiments;
using TuneLab.Hosting.Limits;

namespace TuneLab.Hosting.Tests.Limits;

public class ProcessLimitsTests
{
    // what a process started on a thread with limits inherits, and what its own child does
    [SkippableTheory]
    [InlineData(19, IoClass.Idle, "19 idle")]
    [InlineData(19, IoClass.Low, "19 best-effort: prio 7")]
    public void BeforeStart_OnLinux_IsHandedDownToTheChildAndItsChildren(int nice, IoClass io, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/ionice"));
        var (said, faults) = ("", new List<string>());
        var starter = new Thread(() =>
        {
            using var limits = new ProcessLimits(new WorkLimits(nice, io, null));
            faults.AddRange(limits.BeforeStart());
            using var child = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sh -c 'echo $(nice) $(ionice)'"]) { RedirectStandardOutput = true })!;
            faults.AddRange(limits.AfterStart(child));
            said = child.StandardOutput.ReadToEnd().Trim();
        });
        starter.Start();
        starter.Join();
        Assert.Equal(expected, said);
        Assert.Empty(faults);
    }

    [SkippableFact]
    public void AfterStart_WithACap_SaysOnceWhereNoGroupKeepsIt()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && WorkGroup.Hindrance("/") is not null, "a group may be made here");
        using var limits = new ProcessLimits(new WorkLimits(0, IoClass.Normal, 1L << 30));
        using var self = Process.GetCurrentProcess();
        Assert.Empty(limits.BeforeStart());
        Assert.Contains("the search itself keeps to it", Assert.Single(limits.AfterStart(self)), StringComparison.Ordinal);
        Assert.Empty(limits.AfterStart(self));
    }
}
