using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;

namespace TuneLab.Scheduling.Tests.Alerts;

public sealed class WebhookCarrierTests : AlertCarrierContract
{
    private readonly WebhookCarrier _carrier = new(TimeProvider.System);
    private readonly Receiver _good = new(_ => "204 No Content");
    private readonly Receiver _busy = new(_ => "503 Busy\r\nRetry-After: 120");
    private readonly Receiver _moved = new(_ => "302 Found\r\nLocation: http://127.0.0.1:1/");
    private readonly Receiver _hanging = new(_ => null);

    protected override IAlertCarrier Carrier => _carrier;

    protected override AlertChannel Good => To(_good.Url);

    protected override IReadOnlyList<(AlertChannel Channel, string Words)> Bad =>
        [(To(_busy.Url), "HTTP 503 Busy"), (To(_moved.Url), "HTTP 302"), (To("http://127.0.0.1:1/"), "refused"), (To("ftp://x/"), "http://"), (To("nothing"), "address")];

    protected override AlertChannel? Hanging => To(_hanging.Url);

    [Fact]
    public async Task SendAsync_APost_IsJsonWithItsIdInAHeader()
    {
        await Carrier.SendAsync(Good, Told.Alert(1), 1, CancellationToken.None);
        var post = Assert.Single(_good.Posts);
        Assert.Equal(("/hook?key=secret", "application/json; charset=utf-8", Told.Alert(1).Id, "tunelab"), (post.Path, post.Headers["content-type"], post.Headers["idempotency-key"], post.Headers["user-agent"]));
        Assert.Equal(Told.Alert(1).Id, post.Id);
        Assert.Equal(TimeSpan.FromSeconds(120), (await Carrier.SendAsync(To(_busy.Url), Told.Alert(1), 1, CancellationToken.None)).After);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (var open in new IDisposable[] { _carrier, _good, _busy, _moved, _hanging })
        {
            open.Dispose();
        }
    }

    protected override IReadOnlyList<string> Arrived() => [.. _good.Posts.Select(p => p.Body)];

    private static AlertChannel To(string url) => Told.Channel(AlertCarrier.Webhook, url);
}
