using System.Text.Json;
using TuneLab.Storage;
using TuneLab.Storage.Work;
using TuneLab.Testing;

namespace TuneLab.Cli.Tests.Work;

/// <summary>The queue's verbs, without a worker.</summary>
public sealed class QueueVerbTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public QueueVerbTests()
    {
        ToyTable.WriteTo(_folder);
        foreach (var name in (string[])["first", "second", "third"])
        {
            _folder.Write(name + ".yaml", $"name: {name}\n" + ToyTable.Experiment());
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_OfABatch_IsTheGoldenText()
    {
        var added = _folder.Run("queue", "add", "first.yaml", "second.yaml").Expect(0).Output;
        var more = _folder.Run("queue", "add", "third.yaml", "--priority", "3", "--after", "first", "--not-before", "2030-01-01 22:00", "--deadline", "2030-01-02 07:30").Expect(0).Output;
        _folder.Run("queue", "hold", "second").Expect(0);
        Golden.Matches("tests/TuneLab.Cli.Tests/Golden/queue.txt", string.Join("---\n", added, more, _folder.Run("queue", "list").Expect(0).Output, _folder.Run("queue", "pause").Expect(0).Output, _folder.Run("queue").Expect(0).Output));
    }

    [Fact]
    public void ListJson_HasWhatIsPromised()
    {
        _folder.Run("queue", "add", "first.yaml", "--priority", "2").Expect(0);
        var entry = Assert.Single(_folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray().ToList());
        Assert.Equal((1, "first", "waiting", 2), (entry.GetProperty("id").GetInt32(), entry.GetProperty("name").GetString(), entry.GetProperty("state").GetString(), entry.GetProperty("priority").GetInt32()));
        Assert.Equal(JsonValueKind.String, entry.GetProperty("reason").ValueKind);
    }

    [Fact]
    public void Add_TheSameTwice_IsQueuedOnce()
    {
        _folder.Run("queue", "add", "first.yaml").Expect(0);
        Assert.Contains("queued already, as number 1", _folder.Run("queue", "add", "first.yaml").Expect(0).Output, StringComparison.Ordinal);
        Assert.Single(_folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray());
    }

    [Fact]
    public void Add_TheSameWithOtherOptions_AppliesThemAndSaysSo()
    {
        _folder.Run("queue", "add", "first.yaml", "--priority", "2", "--window", "lunch").Expect(0);
        Assert.Equal("first was queued already, as number 1; it has priority 5, deadline 2030-01-02 07:30 now.\n", _folder.Run("queue", "add", "first.yaml", "--priority", "5", "--deadline", "2030-01-02 07:30").Expect(0).Output);
        Assert.Contains("it has window night, repeat night now", _folder.Run("queue", "add", "first.yaml", "--repeat", "nightly").Expect(0).Output, StringComparison.Ordinal);
        var entry = Assert.Single(_folder.Run("queue", "add", "first.yaml", "--not-before", "2030-01-01", "--json").Expect(0).Json().EnumerateArray().ToList());
        Assert.Equal((5, "night", "night"), (entry.GetProperty("priority").GetInt32(), entry.GetProperty("window").GetString(), entry.GetProperty("repeat").GetString()));
        Assert.StartsWith("2030-01-02T", entry.GetProperty("deadline").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(JsonValueKind.Null, entry.GetProperty("not_before").ValueKind);
    }

    [Fact]
    public void Add_TheSameWhileItRuns_IsAnErrorThatNamesTheOptions()
    {
        _folder.Run("queue", "add", "first.yaml").Expect(0);
        using (var store = SqliteWorkStore.OpenExisting(_folder.Store, TimeProvider.System))
        {
            store.TryUpdate(store.FindEntry(1)! with { State = QueueState.Running });
        }

        _folder.Run("queue", "add", "second.yaml", "first.yaml", "--priority", "5", "--window", "night", "--deadline", "+9h").ExpectBadInput("first is running, as number 1: --window, --deadline can't be changed now");
        Assert.Single(_folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray());
        Assert.Contains("it has priority 5 now", _folder.Run("queue", "add", "first.yaml", "--priority", "5").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OneOfABatchIsWrong_NothingIsQueuedAndAllFaultsAreTold()
    {
        _folder.Write("bad.yaml", "name: bad\n" + ToyTable.Experiment().Replace("label: y", "label: z", StringComparison.Ordinal));
        _folder.Write("worse.yaml", "nam: worse\n" + ToyTable.Experiment());
        var result = _folder.Run("queue", "add", "first.yaml", "bad.yaml", "worse.yaml").Expect(2);
        Assert.Contains("bad.yaml: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("worse.yaml: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray());
    }

    [Fact]
    public void Add_OneOfABatchIsNotThere_SaysThatNothingWasQueued()
    {
        _folder.Run("queue", "add", "nothing.yaml", "first.yaml").ExpectBadInput("Nothing was queued: nothing.yaml: ");
        Assert.Empty(_folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray());
    }

    [Theory]
    [InlineData("hold", "first", "done")]
    [InlineData("release", "first", "done")]
    [InlineData("remove", "first", "running")]
    [InlineData("retry", "second", "has not failed")]
    public void Edit_OneOfSeveralCannotBe_NoneIsChanged(string verb, string other, string word)
    {
        _folder.Run("queue", "add", "first.yaml", "second.yaml", "third.yaml").Expect(0);
        Change("first", e => verb == "remove" ? e with { State = QueueState.Running, Worker = "w" } : e with { State = QueueState.Done });
        Change("third", e => verb == "retry" ? e with { State = QueueState.Failed } : verb == "release" ? e with { State = QueueState.Held } : e);
        var before = Entries();
        using var store = SqliteWorkStore.Open(_folder.Store, TimeProvider.System);
        using var runs = store.TryLock("queue-1"); // whoever runs it holds that
        _folder.Run("queue", verb, "third", other).ExpectBadInput("Nothing was changed: ", word);
        Assert.Equal(before, Entries());
    }

    [Theory]
    [InlineData("queue add first.yaml --deadline 2020-01-01", "which has passed")]
    [InlineData("queue add first.yaml --after nobody", "no 'nobody'")]
    [InlineData("queue add first.yaml --not-before 2030-01-01 --deadline 2029-01-01", "may not begin before 2030-01-01 00:00")]
    [InlineData("queue add first.yaml --window 02:00-03:00 --not-before 2030-01-01T04:00 --deadline 2030-01-01T05:00", "The window 02:00-03:00 does not open before the deadline")]
    [InlineData("queue add second.yaml --after second", "can't wait for itself")]
    [InlineData("queue add first.yaml --not-before soon", "soon")]
    [InlineData("queue add nothing.yaml", "nothing.yaml")]
    [InlineData("queue remove 7", "no '7'")]
    [InlineData("queue retry first", "no 'first'")]
    public void Verb_WithWrongInput_ExitsWith2AndSaysWhy(string line, string word)
    {
        _folder.Run("queue", "add", "second.yaml").Expect(0);
        Assert.Contains(word, _folder.Run(line.Split(' ')).Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ListAndStatus_WhenTheWorkersTimesAreKnown_SayWhenTheyBeginAndWhyThereIsNoForecast()
    {
        _folder.Write("store/worker.yaml", "time_zone: UTC\n");
        var environment = _folder.Environment with { Time = new ManualTime() };
        Assert.Equal("its turn", CliFolder.Run(environment, "queue", "add", "first.yaml", "--json").Expect(0).Json()[0].GetProperty("reason").GetString());
        using (var store = SqliteWorkStore.OpenExisting(_folder.Store, TimeProvider.System))
        {
            store.When = "03:00-04:00";
        }

        Assert.Contains("waits for 03:00-04:00 (opens 2026-01-06 03:00)", CliFolder.Run(environment, "queue", "list").Expect(0).Output, StringComparison.Ordinal);
        Assert.Matches("first +waiting +waits for 03:00-04:00 \\(opens 2026-01-06 03:00\\) +not yet: 0 of the first 5 trials have ended", CliFolder.Run(environment, "status").Expect(0).Output);
        var forecast = CliFolder.Run(environment, "status", "--json").Expect(0).Json().GetProperty("work").GetProperty("next")[0].GetProperty("forecast");
        Assert.Equal("0 of the first 5 trials have ended", forecast.GetProperty("not_yet").GetString());
        Assert.Equal(("03:00-04:00", 3600), (forecast.GetProperty("window").GetProperty("when").GetString(), forecast.GetProperty("window").GetProperty("seconds").GetDouble()));
    }

    [Fact]
    public void Move_BeforeOneOfAnotherPriority_SaysThatItHasThatNow()
    {
        _folder.Run("queue", "add", "first.yaml", "--priority", "5", "--deadline", "+9h").Expect(0);
        _folder.Run("queue", "add", "second.yaml").Expect(0);
        Assert.Equal("Moved number 2 (second).\nIt has priority 5 now.\n", _folder.Run("queue", "move", "second", "--first").Expect(0).Output);
        Assert.Equal(["second", "first"], Names());
        Assert.Equal("Moved number 1 (first).\n", _folder.Run("queue", "move", "first", "--before", "second").Expect(0).Output);
        Assert.Equal(["first", "second"], Names());
    }

    [Fact]
    public void Move_ThenRemove_ChangesWhatIsListed()
    {
        _folder.Run("queue", "add", "first.yaml", "second.yaml", "third.yaml").Expect(0);
        _folder.Run("queue", "move", "third", "--first").Expect(0);
        Assert.Equal(["third", "first", "second"], Names());
        _folder.Run("queue", "remove", "first", "2").Expect(0);
        Assert.Equal(["third"], Names());
    }

    [Fact]
    public void ListStatusAndRemove_ItsWorkerWasKilled_SayThatItGoesOnLaterAndHowLongItWorked()
    {
        var time = new ManualTime();
        var environment = _folder.Environment with { Time = time };
        CliFolder.Run(environment, "queue", "add", "first.yaml").Expect(0);
        using (var store = SqliteWorkStore.Open(_folder.Store, time))
        {
            store.TryUpdate(store.Entries()[0] with { State = QueueState.Running, Worker = "w" });
            store.AddSlice(new Slice { Entry = 1, Worker = "w", Began = time.GetUtcNow() });
            time.Advance(TimeSpan.FromHours(5));
            store.PutWorker(new WorkerRecord { Id = "w", Process = 1, Machine = Environment.MachineName, State = "running", Reason = "first", Began = time.GetUtcNow(), Seen = time.GetUtcNow() });
            time.Advance(TimeSpan.FromHours(3));
            using (store.TryLock("queue-1"))
            {
                Assert.Contains("running", CliFolder.Run(environment, "queue", "list").Expect(0).Output, StringComparison.Ordinal);
                CliFolder.Run(environment, "queue", "remove", "first").ExpectBadInput("is running");
            }
        }

        Assert.Matches("first +paused .*its worker has gone; it goes on when one is there", CliFolder.Run(environment, "queue", "list").Expect(0).Output);
        Assert.Contains("No worker", CliFolder.Run(environment, "work", "status").Expect(0).Output, StringComparison.Ordinal);
        Assert.Matches("first +paused +5:00:00", CliFolder.Run(environment, "status").Expect(0).Output);
        CliFolder.Run(environment, "queue", "remove", "first").Expect(0);
    }

    [Fact]
    public void Remove_AnotherOneWaitsForIt_SaysSo()
    {
        _folder.Run("queue", "add", "first.yaml").Expect(0);
        _folder.Run("queue", "add", "second.yaml", "--after", "first").Expect(0);
        _folder.Run("queue", "add", "third.yaml", "--after", "second").Expect(0);
        Assert.Equal("Removed number 2 (second).\nNumber 3 (third) waited for number 2 and no longer does: 'tunelab queue remove 3' if it needs what that would have found.\n", _folder.Run("queue", "remove", "second").Expect(0).Output);
        Assert.Equal("Removed number 1 (first).\nRemoved number 3 (third).\n", _folder.Run("queue", "remove", "first", "third").Expect(0).Output);
    }

    private void Change(string name, Func<QueueEntry, QueueEntry> change)
    {
        using var store = SqliteWorkStore.Open(_folder.Store, TimeProvider.System);
        store.PutWorker(new WorkerRecord { Id = "w", Process = 1, Machine = "here", State = "running", Reason = "", Began = DateTimeOffset.UnixEpoch, Seen = DateTimeOffset.UnixEpoch });
        store.TryUpdate(change(store.Entries().Single(e => e.Name == name)));
    }

    private List<(string, QueueState, long)> Entries()
    {
        using var store = SqliteWorkStore.Open(_folder.Store, TimeProvider.System);
        return [.. store.Entries().Select(e => (e.Name, e.State, e.Version))];
    }

    private IEnumerable<string?> Names() => _folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray().Select(e => e.GetProperty("name").GetString());
}
