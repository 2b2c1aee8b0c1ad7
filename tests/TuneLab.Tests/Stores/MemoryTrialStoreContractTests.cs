using TuneLab.Storage;
using TuneLab.Testing.Contracts;

namespace TuneLab.Tests.Stores;

public sealed class MemoryTrialStoreContractTests : TrialStoreContract
{
    protected override ITrialStore Create() => new MemoryTrialStore(Time);
}
