using System.Diagnostics;
using TuneLab.Hosting;
using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;

namespace TuneLab.Scheduling.Tests.Alerts;

public sealed class CommandCarrierTests : AlertCarrierContract
{
    protected override IAlertCarrier Carrier => new CommandCarrier(new ProgramRunner(TimeProvider.System), Folder, TimeProvider.System);

    protected override AlertChannel Good => Shell("cat >> arrived");

    protected override IReadOnlyList<(AlertChannel Channel, string Words)> Bad =>
    [
        (Shell("echo no room >&2; exit 7"), "exit code 7: no room"), (Shell("exit 3"), "exit code 3"), (To("no-such-program-here"), "no-such-program-here"), (To("'open"), "not closed"), (To(" "), "no program"),
    ];

    protected override AlertChannel? Hanging => Shell("sleep 60");

    [SkippableFact]
    public async Task SendAsync_ItsChildHangsToo_IsEndedWithIt()
    {
        Skip();
        var attempt = await Carrier.SendAsync(Shell("sleep 61 & echo $! > child; wait") with { Timeout = TimeSpan.FromSeconds(2) }, Told.Alert(1), 1, CancellationToken.None);
        Assert.Contains("did not end within 2 s", attempt.Reason, StringComparison.Ordinal);
        var child = int.Parse(File.ReadAllText(Path.Combine(Folder, "child")), CultureInfo.InvariantCulture);
        Assert.True(SpinWait.SpinUntil(() => !Lives(child), TimeSpan.FromSeconds(30)), $"the process {child} lives");
    }

    [SkippableFact]
    public async Task SendAsync_AProgramThatReadsNothing_IsNotWaitedFor()
    {
        Skip();
        var large = Told.Alert(1) with { Body = new string('x', 1 << 20) };
        Assert.True((await Carrier.SendAsync(Shell("exit 0"), large, 1, CancellationToken.None)).Delivered);
        Assert.True((await Carrier.SendAsync(Shell("[ $TUNELAB_EVENT = finished ] && [ $(wc -c) = 1048577 ]"), large, 1, CancellationToken.None)).Delivered);
    }

    protected override IReadOnlyList<string> Arrived() => File.ReadAllLines(Path.Combine(Folder, "arrived"));

    protected override void Skip() => Xunit.Skip.If(OperatingSystem.IsWindows(), "the programs are written for sh");

    private static bool Lives(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited && (!OperatingSystem.IsLinux() || File.ReadAllText($"/proc/{process}/stat") is var stat && stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X'));
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }

    private static AlertChannel Shell(string script) => To($"sh -c '{script}'");

    private static AlertChannel To(string command) => Told.Channel(AlertCarrier.Command, command);
}
