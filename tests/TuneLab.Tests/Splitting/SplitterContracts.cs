using TuneLab.Data.Splitting;
using TuneLab.Testing.Contracts;

namespace TuneLab.Tests.Splitting;

public sealed class StratifiedSplitterContract() : SplitterContract(SplitterCatalog.Get("stratified"));

public sealed class KFoldSplitterContract() : SplitterContract(SplitterCatalog.Get("kfold"));

public sealed class GroupSplitterContract() : SplitterContract(SplitterCatalog.Get("group"));

public sealed class TimeSplitterContract() : SplitterContract(SplitterCatalog.Get("time"))
{
    protected override bool Partitions => false;

    protected override bool UsesSeed => false;
}

public sealed class BootstrapSplitterContract() : SplitterContract(SplitterCatalog.Get("bootstrap"))
{
    protected override bool Partitions => false;

    protected override bool Replaces => true;
}

public sealed class GivenSplitterContract() : SplitterContract(SplitterCatalog.Get("given"))
{
    protected override bool Partitions => false;

    protected override bool UsesSeed => false;

    protected override bool UsesRepeat => false;

    protected override int FoldsFor(int asked) => 1;
}
