using TuneLab.Storage.Work;
using TuneLab.Testing.Contracts;
using TuneLab.Testing.Stores;

namespace TuneLab.Storage.Tests;

public sealed class SqliteWorkStoreContractTests : DurableWorkStoreContract
{
    private readonly TemporaryFolder _folder = new();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    protected override IWorkStore Create() => SqliteWorkStore.Open(_folder["a store.db"], Time);

    protected override IWorkStore OpenAgain()
    {
        _ = Store; // there must be one
        return SqliteWorkStore.OpenExisting(_folder["a store.db"], Time);
    }

    protected override long Experiment(string name)
    {
        using var trials = SqliteTrialStore.Open(_folder["a store.db"], Time);
        return trials.OpenExperiment(StoreSamples.Hash(name), name, "fingerprint", "{}").Id;
    }
}
