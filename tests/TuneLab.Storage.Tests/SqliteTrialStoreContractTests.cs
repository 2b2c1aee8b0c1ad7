using TuneLab.Testing.Contracts;

namespace TuneLab.Storage.Tests;

public sealed class SqliteTrialStoreContractTests : DurableTrialStoreContract
{
    private readonly TemporaryFolder _folder = new();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    protected override ITrialStore Create() => SqliteTrialStore.Open(_folder["a store.db"], Time);

    protected override ITrialStore OpenAgain()
    {
        _ = Store; // there must be one
        return SqliteTrialStore.OpenExisting(_folder["a store.db"], Time);
    }
}
