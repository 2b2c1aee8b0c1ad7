using TuneLab.Experiments;
using TuneLab.Experiments.Output;
using TuneLab.Reporting.Html;
using TuneLab.Reporting.Markdown;
using TuneLab.Testing.Contracts;

namespace TuneLab.Reporting.Tests;

public sealed class HtmlReportWriterContractTests : ResultWriterContract
{
    protected override IResultWriter Make() => new HtmlReportWriter();

    protected override RunRecord Record() => SampleRun.Finished();
}

public sealed class MarkdownReportWriterContractTests : ResultWriterContract
{
    protected override IResultWriter Make() => new MarkdownReportWriter();

    protected override RunRecord Record() => SampleRun.Stopped();
}

public sealed class TrialsCsvWriterContractTests : ResultWriterContract
{
    protected override IResultWriter Make() => new TrialsCsvWriter();

    protected override RunRecord Record() => SampleRun.Finished();
}

public sealed class ExperimentJsonWriterContractTests : ResultWriterContract
{
    protected override IResultWriter Make() => new ExperimentJsonWriter();

    protected override RunRecord Record() => SampleRun.Finished();
}
