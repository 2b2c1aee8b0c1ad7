using TuneLab.Testing.Stores;

namespace TuneLab.Storage.Tests;

/// <summary>What real processes, killed or at work at the same time, leave in a store.</summary>
public sealed class SqliteTrialStoreProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["tunelab.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(230)]
    [InlineData(1111)]
    public void AddEvaluation_ProcessKilled_EveryAnnouncedKeyIsThere(int killAfter)
    {
        var announced = new List<string>();
        using (var child = new WriterProcess("write", Path, "0", "1000000"))
        {
            for (var i = 0; i < killAfter; i++)
            {
                announced.Add(child.ReadLine() ?? throw new InvalidOperationException("The child ended early: " + child.Wait().Errors));
            }

            child.Kill();
            while (child.ReadLine() is { Length: 64 } line)
            {
                announced.Add(line);
            }
        }

        using var store = SqliteTrialStore.OpenExisting(Path, TimeProvider.System);
        var found = store.FindEvaluations(announced);
        Assert.Equal(announced.Count, found.Count);
        for (var i = 0; i < announced.Count; i++)
        {
            SameRecord.Assert(StoreSamples.Evaluation(i), found[announced[i]]);
        }

        store.AddEvaluation(StoreSamples.Evaluation(-1));
        SameRecord.Assert(StoreSamples.Evaluation(-1), store.FindEvaluation(StoreSamples.Key(-1)));
    }

    [Fact]
    public void AddEvaluation_KilledBesideAnotherProcess_OtherGoesOn()
    {
        using var survivor = new WriterProcess("write", Path, "0", "2000");
        using (var victim = new WriterProcess("write", Path, "1000", "1000000"))
        {
            for (var i = 0; i < 300; i++)
            {
                victim.ReadLine();
            }

            victim.Kill();
        }

        Assert.Equal((0, ""), survivor.Wait());
        using var store = SqliteTrialStore.OpenExisting(Path, TimeProvider.System);
        Assert.Equal(2000, store.FindEvaluations([.. Enumerable.Range(0, 2000).Select(StoreSamples.Key)]).Count);
    }

    [Fact]
    public void AddEvaluation_ThreeProcessesAtOnceOnANewStore_NoneIsRefused()
    {
        WriterProcess[] children = [new("write", Path, "0", "1000"), new("write", Path, "500", "1000"), new("write", Path, "1000", "1000")];
        foreach (var child in children)
        {
            using (child)
            {
                Assert.Equal((0, ""), child.Wait());
            }
        }

        using var store = SqliteTrialStore.OpenExisting(Path, TimeProvider.System);
        var found = store.FindEvaluations([.. Enumerable.Range(0, 2500).Select(StoreSamples.Key)]);
        Assert.Equal(2000, found.Count);
        SameRecord.Assert(StoreSamples.Evaluation(1234), found[StoreSamples.Key(1234)]);
    }

    [Fact]
    public void TryLock_HolderKilled_IsFree()
    {
        using var store = SqliteTrialStore.Open(Path, TimeProvider.System);
        using var child = new WriterProcess("lock", Path, "7");
        Assert.Equal("held", child.ReadLine());
        Assert.Null(store.TryLock(7));
        using (var other = store.TryLock(8))
        {
            Assert.NotNull(other);
        }

        child.Kill();
        using var taken = store.TryLock(7);
        Assert.NotNull(taken);
        using var second = new WriterProcess("lock", Path, "7");
        Assert.Equal("refused", second.ReadLine());
    }
}
