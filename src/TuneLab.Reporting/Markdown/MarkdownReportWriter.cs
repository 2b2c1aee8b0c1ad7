using System.Text;
using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Markdown;

/// <summary>Writes <c>report.md</c>: the report as Markdown, figures as their words.</summary>
public sealed class MarkdownReportWriter : IResultWriter
{
    /// <inheritdoc/>
    public string Kind => "markdown";

    /// <inheritdoc/>
    public string FileName => "report.md";

    /// <inheritdoc/>
    public void Write(RunRecord record, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        Write(RunReport.From(record), writer);
    }

    /// <summary>Writes a report.</summary>
    public static void Write(RunReport report, TextWriter writer)
    {
        writer.WriteLine("# " + MarkdownText.Escape(report.Title));
        writer.WriteLine();
        writer.WriteLine("**" + Capital(Explain.Outcome(report.Outcome)) + ".** " + MarkdownText.Escape(report.Verdict));
        foreach (var section in report.Sections)
        {
            writer.WriteLine();
            writer.WriteLine("## " + MarkdownText.Escape(section.Title));
            foreach (var block in section.Blocks)
            {
                writer.WriteLine();
                Write(block, writer);
            }
        }
    }

    private static void Write(ReportBlock block, TextWriter writer)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                writer.WriteLine(MarkdownText.Escape(paragraph.Text));
                break;
            case FigureBlock figure:
                writer.WriteLine($"*{MarkdownText.Escape(figure.Title)}.* {MarkdownText.Escape(figure.Alternative)}{(figure.Small ? "" : " The figure itself is in report.html.")}");
                break;
            case ListBlock list:
                foreach (var item in list.Items)
                {
                    writer.WriteLine("- " + MarkdownText.Escape(item));
                }

                break;
            case FactsBlock facts:
                foreach (var (name, value) in facts.Facts)
                {
                    writer.WriteLine($"- **{MarkdownText.Escape(name)}:** {MarkdownText.Escape(value)}");
                }

                break;
            case CodeBlock code:
                var fence = MarkdownText.Fence(code.Text);
                writer.WriteLine(fence + code.Language + "\n" + code.Text + "\n" + fence);
                break;
            case TableBlock table:
                Write(table, writer);
                break;
            default:
                throw new NotSupportedException($"A {block.GetType().Name} has no form in Markdown.");
        }
    }

    private static void Write(TableBlock table, TextWriter writer)
    {
        static string Row(IEnumerable<string> cells) => "| " + string.Join(" | ", cells) + " |";
        writer.WriteLine(Row(table.Columns.Select(c => MarkdownText.Escape(c.Header))));
        writer.WriteLine(Row(table.Columns.Select(c => c.Numeric ? "---:" : "---")));
        foreach (var row in table.Rows)
        {
            writer.WriteLine(Row(row.Select(MarkdownText.Escape)));
        }
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
