using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;

namespace TuneLab.Scheduling.Tests.Alerts;

public sealed class FileCarrierTests : AlertCarrierContract
{
    protected override IAlertCarrier Carrier { get; } = new FileCarrier();

    protected override AlertChannel Good => To(Path.Combine(Folder, "new", "alerts.jsonl"));

    protected override IReadOnlyList<(AlertChannel Channel, string Words)> Bad
    {
        get
        {
            var file = Path.Combine(Folder, "file");
            File.WriteAllText(file, "");
            return [(To(Folder), Path.GetFileName(Folder)), (To(Path.Combine(file, "alerts.jsonl")), "file")];
        }
    }

    protected override AlertChannel? Hanging => null;

    [Fact]
    public async Task SendAsync_WrittenBeforeACrash_IsNotWrittenTwice()
    {
        await Carrier.SendAsync(Good, Told.Alert(1), 1, CancellationToken.None);
        var again = await Carrier.SendAsync(Good, Told.Alert(1), 2, CancellationToken.None);
        Assert.Equal((true, "written before"), (again.Delivered, again.Reason));
        Assert.Equal([Told.Alert(1).Body], Arrived());
    }

    [Fact]
    public async Task SendAsync_AfterALineThatWasCutOff_WritesAWholeOne()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Good.Target)!);
        File.WriteAllText(Good.Target, Told.Alert(1).Body[..20]);
        await Carrier.SendAsync(Good, Told.Alert(1), 2, CancellationToken.None);
        Assert.Equal([Told.Alert(1).Body[..20], Told.Alert(1).Body], Arrived());
    }

    protected override IReadOnlyList<string> Arrived() => File.ReadAllLines(Good.Target);

    private static AlertChannel To(string file) => Told.Channel(AlertCarrier.File, file);
}
