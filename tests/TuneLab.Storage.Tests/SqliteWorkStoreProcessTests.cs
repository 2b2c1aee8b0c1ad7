using TuneLab.Testing.Stores;

namespace TuneLab.Storage.Tests;

/// <summary>What real processes at work at the same time leave in the queue.</summary>
public sealed class SqliteWorkStoreProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["tunelab.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryUpdate_TwoProcesses_EachSuccessIsCounted()
    {
        using var store = SqliteWorkStore.Open(Path, TimeProvider.System);
        var id = store.AddEntries([WorkSamples.Bare("a")])[0].Id;
        WriterProcess[] children = [new("count", Path, "1", "300"), new("count", Path, "1", "300")];
        foreach (var child in children)
        {
            using (child)
            {
                Assert.Equal((0, ""), child.Wait());
            }
        }

        Assert.Equal((600, 601), (store.FindEntry(id)!.Priority, store.FindEntry(id)!.Version));
    }

    [Fact]
    public void TryLock_HolderKilled_IsFree()
    {
        using var store = SqliteWorkStore.Open(Path, TimeProvider.System);
        using var child = new WriterProcess("hold", Path, "worker-a");
        Assert.Equal("held", child.ReadLine());
        Assert.Null(store.TryLock("worker-a"));
        child.Kill();
        using var taken = store.TryLock("worker-a");
        Assert.NotNull(taken);
    }
}
