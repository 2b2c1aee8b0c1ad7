using TuneLab.Cli.Progress;
using TuneLab.Experiments;
using TuneLab.Testing.Contracts;

namespace TuneLab.Cli.Tests.Views;

public sealed class PlainProgressContractTests : ExperimentMonitorContract
{
    protected override IExperimentMonitor Make() => new PlainProgress(TextWriter.Null, TimeProvider.System, (_, _) => { }, verbose: true);
}

public sealed class SilentProgressContractTests : ExperimentMonitorContract
{
    protected override IExperimentMonitor Make() => new SilentProgress();
}
