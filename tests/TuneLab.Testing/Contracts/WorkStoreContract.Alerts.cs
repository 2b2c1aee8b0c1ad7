using TuneLab.Storage.Work;
using TuneLab.Testing.Stores;

namespace TuneLab.Testing.Contracts;

/// <content>Alerts on their way.</content>
public abstract partial class WorkStoreContract
{
    [Fact]
    public void RaiseAlert_New_IsDueOnEachChannel()
    {
        var (whole, bare) = (WorkSamples.Alert(1) with { Experiment = Experiment("a"), Entry = 5 }, WorkSamples.Alert(0));
        Assert.True(Store.RaiseAlert(whole, ["mail", "log"]));
        Assert.True(Store.RaiseAlert(bare, []));
        Assert.Equal(whole, Store.FindAlert(whole.Id));
        Assert.Equal([bare, whole], Store.Alerts(DateTimeOffset.UnixEpoch));
        Assert.Equal([whole], Store.Alerts(whole.Raised));
        Assert.Empty(Store.Alerts(whole.Raised.AddTicks(1)));
        Delivery[] wanted = [New("log"), New("mail")];
        Assert.Equal(wanted, Store.Deliveries(whole.Id));
        Assert.Equal(wanted, Store.DueDeliveries(whole.Raised));
        Assert.Empty(Store.DueDeliveries(whole.Raised.AddTicks(-1)));
        Assert.Empty(Store.Deliveries(bare.Id));

        Delivery New(string channel) => new() { Alert = whole.Id, Channel = channel, Version = 1, Attempts = 0, Next = whole.Raised };
    }

    [Fact]
    public void RaiseAlert_KnownId_ChangesNothing()
    {
        var alert = WorkSamples.Alert(1);
        Store.RaiseAlert(alert, ["log"]);
        Assert.False(Store.RaiseAlert(alert with { Body = "{}", Raised = alert.Raised.AddDays(1) }, ["log", "mail"]));
        Assert.Equal(alert, Store.FindAlert(alert.Id));
        Assert.Equal("log", Assert.Single(Store.Deliveries(alert.Id)).Channel);
    }

    [Fact]
    public void RaiseAlert_ManyThreads_OneIsNew()
    {
        var news = new bool[16];
        _ = Store;
        Parallel.For(0, news.Length, i => news[i] = Store.RaiseAlert(WorkSamples.Alert(1), ["log"]));
        Assert.Single(news, n => n);
        Assert.Single(Store.DueDeliveries(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void TryUpdate_Delivery_IsClaimedByOneAndEnds()
    {
        var alert = WorkSamples.Alert(1);
        Store.RaiseAlert(alert, ["log"]);
        var due = Assert.Single(Store.DueDeliveries(alert.Raised));
        var claimed = Store.TryUpdate(due with { Attempts = 1, Next = alert.Raised.AddMinutes(1) });
        Assert.Equal(due with { Version = 2, Attempts = 1, Next = alert.Raised.AddMinutes(1) }, claimed);
        Assert.Null(Store.TryUpdate(due with { Attempts = 1 }));
        Assert.Empty(Store.DueDeliveries(alert.Raised.AddSeconds(59)));
        Assert.Equal([claimed!], Store.DueDeliveries(alert.Raised.AddMinutes(1)));
        var ended = Store.TryUpdate(claimed! with { Next = null, Delivered = alert.Raised.AddTicks(7), Reason = "204" });
        Assert.Equal([ended!], Store.Deliveries(alert.Id));
        Assert.Empty(Store.DueDeliveries(DateTimeOffset.MaxValue));
        Assert.Null(Store.TryUpdate(new Delivery { Alert = "nobody", Channel = "log", Version = 1 }));
    }

    [Fact]
    public void DueDeliveries_Several_LongestDueFirst()
    {
        foreach (var number in new[] { 3, 1, 2 })
        {
            Store.RaiseAlert(WorkSamples.Alert(number), ["b", "a"]);
        }

        Assert.Equal([1, 1, 2, 2, 3, 3], Store.DueDeliveries(DateTimeOffset.MaxValue).Select(d => int.Parse(d.Alert, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["a", "b"], Store.DueDeliveries(DateTimeOffset.MaxValue).Take(2).Select(d => d.Channel));
    }
}
