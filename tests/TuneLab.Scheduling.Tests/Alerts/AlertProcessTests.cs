using System.Diagnostics;
using System.Runtime.InteropServices;
using TuneLab.Scheduling.Alerts;
using TuneLab.Storage;
using TuneLab.Storage.Work;
using TuneLab.Testing.Stores;

namespace TuneLab.Scheduling.Tests.Alerts;

/// <summary>Senders that are real processes, and are killed.</summary>
public sealed class AlertProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab-alerts-").FullName;
    private readonly SqliteWorkStore _store;
    private double _ahead;

    public AlertProcessTests() => _store = SqliteWorkStore.Open(Path.Combine(_folder, "tunelab.db"), TimeProvider.System);

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Kill_BetweenStoringAndSending_TheAlertIsSentOnceByTheNext()
    {
        Queue(1);
        using var receiver = new Receiver(_ => "200 OK");
        using (var first = Start(receiver, "wait"))
        {
            Kill(first);
        }

        Assert.Empty(receiver.Posts);
        var stored = Finished().Single();
        using var second = Start(receiver);
        Delivered();
        Kill(second);
        Assert.Equal([stored.Id], receiver.Posts.Select(p => p.Id));
        Assert.Equal(stored, Finished().Single());
        Assert.Equal(stored.Body, receiver.Posts[0].Body);
    }

    [Fact]
    public void Kill_AfterSendingBeforeMarking_TheReceiverSeesTheSameIdAgain()
    {
        Queue(1);
        Process? sends = null;
        var killed = new ManualResetEventSlim();
        using var receiver = new Receiver(number =>
        {
            if (number == 1)
            {
                killed.Wait(TimeSpan.FromSeconds(30)); // it has been sent; whoever sent it does not hear that it arrived
            }

            return "200 OK";
        });
        using (sends = Start(receiver))
        {
            receiver.Wait(1);
            Kill(sends);
            killed.Set();
        }

        Assert.Equal((1, null), (Delivery().Attempts, Delivery().Delivered));
        using var second = Start(receiver);
        Delivered();
        Kill(second);
        var alert = Finished().Single();
        Assert.Equal([alert.Id, alert.Id], receiver.Posts.Select(p => p.Id));
        Assert.Equal(2, Delivery().Attempts);
        killed.Dispose();
    }

    [Fact]
    public void Kill_TwentyTimes_EachEventArrivesAndNoneIsMadeTwice()
    {
        const int Events = 60;
        Queue(Events);
        using var receiver = new Receiver(number =>
        {
            SpinWait.SpinUntil(() => false, 1 + (number % 7)); // some milliseconds, so that kills hit sends
            return "200 OK";
        });
        var kills = 0;
        for (var round = 0; round < 20 && (round == 0 || Undelivered() > 0); round++)
        {
            using var child = Start(receiver);
            var seen = receiver.Posts.Count;
            SpinWait.SpinUntil(() => receiver.Posts.Count > seen + (round % 4) || Undelivered() == 0, TimeSpan.FromSeconds(30));
            Kill(child);
            kills++;
        }

        using (var last = Start(receiver))
        {
            Assert.True(SpinWait.SpinUntil(() => Undelivered() == 0, TimeSpan.FromSeconds(60)));
            Kill(last);
        }

        Assert.True(kills >= 5, $"only {kills} kills before all was sent");
        Assert.Equal(Finished().Select(a => a.Id).Order(), receiver.Posts.Select(p => p.Id).Distinct().Order());
        Assert.Equal(Events, Finished().Count);
        Assert.InRange(receiver.Posts.Count, Events, Events + kills); // a kill can repeat what it hit and nothing else
    }

    private static void Kill(Process process)
    {
        process.Kill();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    // The runtime that runs the tests lies in HOST/shared/Microsoft.NETCore.App/VERSION/.
    private static string Host() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    // each one lives in a later minute, so that no test waits for a dead one's claim to be free
    private Process Start(Receiver receiver, params string[] more)
    {
        var start = new ProcessStartInfo(Host(), ["exec", Path.Combine(AppContext.BaseDirectory, "TuneLab.Scheduling.Tests.Sender.dll"), _store.Location, receiver.Url, _ahead.ToString(CultureInfo.InvariantCulture), .. more])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _ahead += 60;
        var process = Process.Start(start)!;
        Assert.Equal("raised", process.StandardOutput.ReadLine());
        return process;
    }

    private void Queue(int count)
    {
        foreach (var entry in _store.AddEntries([.. Enumerable.Range(1, count).Select(n => WorkSamples.Bare("churn " + n.ToString(CultureInfo.InvariantCulture)))]))
        {
            _store.TryUpdate(entry with { State = QueueState.Done, Reason = "The winner is better." });
        }
    }

    private void Delivered() => Assert.True(SpinWait.SpinUntil(() => Undelivered() == 0, TimeSpan.FromSeconds(60)), "it was not delivered");

    private int Undelivered() => _store.DueDeliveries(DateTimeOffset.MaxValue).Count;

    private List<Alert> Finished() => [.. _store.Alerts(DateTimeOffset.MinValue).Where(a => a.Event != AlertMonitor.Since)];

    private Delivery Delivery() => _store.Deliveries(Finished().Single().Id).Single();
}
