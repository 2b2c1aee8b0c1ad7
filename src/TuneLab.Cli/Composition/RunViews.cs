using TuneLab.Experiments;
using TuneLab.Reporting.Html;
using TuneLab.Reporting.Markdown;
using TuneLab.Reporting.Terminal;

namespace TuneLab.Cli.Composition;

/// <summary>The views of one run: the one place where they are chosen.</summary>
internal sealed class RunViews
{
    private readonly RecordKeeper _report = new(new MarkdownReportWriter());

    /// <summary>What a run leaves in its output folder beside the model.</summary>
    public IReadOnlyList<IResultWriter> Writers => [.. ExperimentRunner.StandardWriters, _report, new HtmlReportWriter()];

    /// <summary>The settled plan, for people.</summary>
    public static void WritePlan(ExperimentStart start, TextWriter output) => PlanSummary.Write(start, output);

    /// <summary>The answer of the run that used <see cref="Writers"/>, for people.</summary>
    public void WriteAnswer(TextWriter output) => WriteAnswer(_report.Record ?? throw new InvalidOperationException("The run has written no report."), output);

    /// <summary>An answer, for people.</summary>
    public static void WriteAnswer(RunRecord record, TextWriter output) => ConsoleReport.Write(record, output);

    /// <summary>What writes the report into a file of that name; null where its extension says nothing.</summary>
    public static IResultWriter? ReportFor(string path) => Path.GetExtension(path).ToLowerInvariant() switch { ".html" or ".htm" => new HtmlReportWriter(), ".md" => new MarkdownReportWriter(), _ => null };

    /// <summary>A writer that remembers what it was given.</summary>
    private sealed class RecordKeeper(IResultWriter inner) : IResultWriter
    {
        public RunRecord? Record { get; private set; }

        public string Kind => inner.Kind;

        public string FileName => inner.FileName;

        public void Write(RunRecord record, Stream stream)
        {
            Record = record;
            inner.Write(record, stream);
        }
    }
}
