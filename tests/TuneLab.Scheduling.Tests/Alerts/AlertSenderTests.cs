using System.Collections.Concurrent;
using TuneLab.Scheduling.Alerts;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage;
using TuneLab.Storage.Work;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Alerts;

/// <summary>Senders on a real store, to a real HTTP server, by a clock that stands until it is moved.</summary>
public sealed class AlertSenderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab-alerts-").FullName;
    private readonly ManualTime _time = new();
    private readonly WebhookCarrier _webhook = new(TimeProvider.System);
    private readonly SqliteWorkStore _store;
    private readonly ConcurrentQueue<string> _notes = new();

    public AlertSenderTests() => _store = Open();

    public void Dispose()
    {
        _webhook.Dispose();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Look_FailingThenSucceeding_ComesWithTheSameIdWhenTheBackOffIsOver()
    {
        using var receiver = new Receiver(n => n <= 2 ? "503 Busy" : "200 OK");
        var channel = Told.Channel(AlertCarrier.Webhook, receiver.Url);
        Raise(1, channel);
        using (var sender = Sender(channel))
        {
            Assert.Equal((1, _time.GetUtcNow().AddSeconds(5), "HTTP 503 Busy"), Tried(sender, 1));
            _time.Advance(TimeSpan.FromSeconds(4.9));
            sender.Look();
            _time.Advance(TimeSpan.FromSeconds(0.1));
            Assert.Equal((2, _time.GetUtcNow().AddSeconds(20), "HTTP 503 Busy"), Tried(sender, 2));
        }

        // the wait is in the store: another process keeps to it
        _time.Advance(TimeSpan.FromSeconds(19));
        using (var sender = Sender(channel))
        {
            sender.Look();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal((3, null, "HTTP 200 OK"), Tried(sender, 3));
            _time.Advance(TimeSpan.FromDays(1));
            sender.Look();
        }

        Assert.Equal([Told.Alert(1).Id, Told.Alert(1).Id, Told.Alert(1).Id], receiver.Posts.Select(p => p.Id));
        Assert.Equal(_time.GetUtcNow().AddDays(-1), Delivery(1).Delivered);
        Assert.Contains("tried again in 20 s", _notes.ElementAt(1), StringComparison.Ordinal);
        Assert.DoesNotContain(_notes, n => n.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Look_FailingForEver_IsGivenUpAndSaysSo()
    {
        using var receiver = new Receiver(_ => "404 Not Found");
        var channel = Told.Channel(AlertCarrier.Webhook, receiver.Url) with { Retries = 2 };
        Raise(1, channel);
        using var sender = Sender(channel);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Tried(sender, attempt);
            _time.Advance(BackOff.Longest);
        }

        sender.Look();
        Assert.Equal((3, null, null, "given up after 3 attempts: HTTP 404 Not Found"), (Delivery(1).Attempts, Delivery(1).Next, Delivery(1).Delivered, Delivery(1).Reason));
        Assert.Equal(3, receiver.Posts.Count);
        Assert.Contains("given up", _notes.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Look_TwoSendersOnOneStore_SendEachAlertOnce()
    {
        using var receiver = new Receiver(_ => "200 OK");
        var channel = Told.Channel(AlertCarrier.Webhook, receiver.Url);
        const int Count = 40;
        for (var number = 1; number <= Count; number++)
        {
            Raise(number, channel);
        }

        using var other = Open();
        using var sender = Sender(channel);
        using var second = new AlertSender(other, new AlertSettings([channel]), [_webhook], _time);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                Parallel.Invoke(sender.Look, second.Look);
                return _store.DueDeliveries(DateTimeOffset.MaxValue).Count == 0;
            },
            Patience));
        Assert.Equal(Count, receiver.Posts.Count);
        Assert.Equal(Count, receiver.Posts.Select(p => p.Id).Distinct().Count());
    }

    [Fact]
    public void Look_AChannelThatHangs_HoldsUpNeitherTheWorkerNorOtherChannels()
    {
        using var hanging = new Receiver(_ => null);
        using var receiver = new Receiver(_ => "200 OK");
        var (slow, quick) = (Told.Channel(AlertCarrier.Webhook, hanging.Url), Told.Channel(AlertCarrier.Webhook, receiver.Url));
        Raise(1, slow, quick);
        using (var sender = Sender(slow, quick))
        {
            sender.Look();
            receiver.Wait(1);
            hanging.Wait(1);
            Raise(2, slow, quick);
            sender.Look(); // the slow one is at the first still
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    sender.Look();
                    return receiver.Posts.Count == 2;
                },
                Patience));
            Assert.Single(hanging.Posts);
        }

        var broken = _store.Deliveries(Told.Alert(1).Id).Single(d => d.Channel == AlertChannelName.Of(slow));
        Assert.Equal((0, _time.GetUtcNow()), (broken.Attempts, broken.Next!.Value));
    }

    [Fact]
    public void Look_AClaimWhoseProcessDied_IsFreeAfterItsTime()
    {
        using var receiver = new Receiver(_ => "200 OK");
        var channel = Told.Channel(AlertCarrier.Webhook, receiver.Url);
        Raise(1, channel);
        var due = _store.DueDeliveries(_time.GetUtcNow()).Single();
        _store.TryUpdate(due with { Attempts = 1, Next = _time.GetUtcNow() + channel.Timeout + AlertSender.ClaimMargin });
        using var sender = Sender(channel);
        _time.Advance(TimeSpan.FromSeconds(39));
        sender.Look();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, null, "HTTP 200 OK"), Tried(sender, 2));
    }

    [Fact]
    public void Look_AChannelThatTheFileNoLongerHas_IsLeftAlone()
    {
        var gone = Told.Channel(AlertCarrier.File, Path.Combine(_folder, "gone.jsonl"));
        var here = Told.Channel(AlertCarrier.File, Path.Combine(_folder, "here.jsonl"));
        Raise(1, gone, here);
        using var sender = Sender(here);
        sender.Finish(Patience);
        Assert.Equal([Told.Alert(1).Body], File.ReadAllLines(here.Target));
        Assert.False(File.Exists(gone.Target));
        Assert.Single(_store.DueDeliveries(_time.GetUtcNow()));
    }

    [Fact]
    public void Look_ACarrierThatThrows_IsAnAttemptThatFailed()
    {
        var channel = Told.Channel(AlertCarrier.Command, "x");
        Raise(1, channel);
        using var sender = Sender(channel);
        sender.Finish(Patience);
        Assert.Equal(1, Delivery(1).Attempts);
        Assert.Contains("InvalidOperationException", Delivery(1).Reason, StringComparison.Ordinal);
    }

    private SqliteWorkStore Open() => SqliteWorkStore.Open(Path.Combine(_folder, "tunelab.db"), _time);

    private void Raise(int number, params AlertChannel[] channels) => _store.RaiseAlert(Told.Alert(number), [.. channels.Select(AlertChannelName.Of)]);

    private Delivery Delivery(int number) => _store.Deliveries(Told.Alert(number).Id).Single();

    private AlertSender Sender(params AlertChannel[] channels) => new(_store, new AlertSettings(channels), [_webhook, new FileCarrier()], _time, _notes.Enqueue);

    private (int Attempts, DateTimeOffset? Next, string Reason) Tried(AlertSender sender, int attempts)
    {
        var claimed = TimeSpan.FromSeconds(10) + AlertSender.ClaimMargin;
        Assert.True(SpinWait.SpinUntil(Ended, Patience), "nothing was tried");
        return (Delivery(1).Attempts, Delivery(1).Next, Delivery(1).Reason);

        // the attempt before has its result in the store a moment before the sender is free for the next one
        bool Ended()
        {
            sender.Look();
            return Delivery(1) is var d && d.Attempts >= attempts && d.Next != _time.GetUtcNow() + claimed;
        }
    }
}
