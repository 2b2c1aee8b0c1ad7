using TuneLab.Storage.Tests.Writer;
using TuneLab.Storage.Work;
using TuneLab.Testing;
using TuneLab.Testing.Stores;

namespace TuneLab.Storage.Tests;

public sealed class FrozenStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, Sqlite.SqlText.SchemaVersion)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void OpenExisting_StoreOfEveryVersion_ReadsAllOfIt(int version)
    {
        var copy = _folder["old.db"];
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Frozen", "v" + version + ".db"), copy);
        using var store = SqliteTrialStore.OpenExisting(copy, new ManualTime());

        Assert.Equal(Sqlite.SqlText.SchemaVersion, store.SchemaVersion);
        Assert.Equal(FrozenContent.Experiments, store.Experiments().Select(e => e with { Created = default, Updated = default }));
        Assert.All(store.Experiments(), e => Assert.InRange(e.Created, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), e.Updated));
        Assert.All(FrozenContent.Evaluations, e => SameRecord.Assert(e, store.FindEvaluation(e.Key)));
        Assert.Equal(FrozenContent.Trials.Count, store.Trials(1).Count);
        Assert.All(FrozenContent.Trials.Zip(store.Trials(1)), pair => SameRecord.Assert(pair.First, pair.Second));
        Assert.Empty(store.Trials(2));
        Assert.Equal(FrozenContent.Stages.Count, store.Stages(1).Count);
        Assert.All(FrozenContent.Stages.Zip(store.Stages(1)), pair => SameRecord.Assert(pair.First, pair.Second));
        Assert.Equal(version >= FrozenContent.PredictionsSince ? FrozenContent.Predictions : null, store.FindPredictions(FrozenContent.Evaluations[0].Key));
        Assert.Equal(FrozenContent.Blob, store.FindBlob(1, FrozenContent.BlobName));
        Assert.Equal([FrozenContent.Look], store.Looks(FrozenContent.Holdout));
        Assert.Equal(version >= FrozenContent.NotesSince ? [FrozenContent.Note] : [], store.Notes());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void OpenExisting_WorkOfEveryVersion_ReadsAllOfIt(int version)
    {
        var copy = _folder["old.db"];
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Frozen", "v" + version + ".db"), copy);
        using var store = SqliteWorkStore.OpenExisting(copy, new ManualTime());
        var has = version >= FrozenWork.Since;

        Assert.False(store.QueuePaused);
        Assert.Equivalent(has ? FrozenWork.Entries : [], store.Entries().Select(e => e with { Added = default, Updated = default }), strict: true);
        Assert.Equal(has ? FrozenWork.Slices : [], store.Slices(DateTimeOffset.UnixEpoch));
        Assert.Equal(has ? RunRequest.Pause : null, store.FindRequest(1));
        Assert.Equal(has ? [FrozenWork.Worker] : [], store.Workers());
        Assert.Equal(has ? FrozenWork.Items : [], store.Items().Select(i => i with { Added = default, Updated = default }));
        Assert.Equal(has ? [FrozenWork.Alert] : [], store.Alerts(DateTimeOffset.UnixEpoch));
        Assert.Equal(has ? [FrozenWork.Delivery] : [], store.DueDeliveries(DateTimeOffset.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Write_StoreOfEveryVersion_GoesOn(int version)
    {
        var copy = _folder["old.db"];
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Frozen", "v" + version + ".db"), copy);
        using var store = SqliteTrialStore.Open(copy, new ManualTime());
        store.AddTrial(1, StoreSamples.Trial(3));
        store.AddEvaluation(StoreSamples.Evaluation(3));
        Assert.Equal(3, store.OpenExperiment(new string('c', 64), "new", "f", "{}").Id);
        SameRecord.Assert(StoreSamples.Trial(3), store.Trials(1)[^1]);
        SameRecord.Assert(StoreSamples.Evaluation(3), store.FindEvaluation(StoreSamples.Key(3)));
        store.AddPredictions(StoreSamples.Key(3), [0.25f]);
        Assert.Equal([0.25f], store.FindPredictions(StoreSamples.Key(3))!);
    }
}
