using TuneLab.Storage.Work;
using TuneLab.Testing.Contracts;

namespace TuneLab.Tests.Stores;

public sealed class MemoryWorkStoreContractTests : WorkStoreContract
{
    private readonly List<string> _experiments = [];

    protected override IWorkStore Create() => new MemoryWorkStore(Time);

    protected override long Experiment(string name)
    {
        _experiments.Add(name);
        return _experiments.Count;
    }
}
