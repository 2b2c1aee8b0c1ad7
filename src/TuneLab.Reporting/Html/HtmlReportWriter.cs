using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Html;

/// <summary>Writes <c>report.html</c>: one file that needs no network and no script.</summary>
public sealed partial class HtmlReportWriter : IResultWriter
{
    /// <inheritdoc/>
    public string Kind => "report";

    /// <inheritdoc/>
    public string FileName => "report.html";

    /// <inheritdoc/>
    public void Write(RunRecord record, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        Write(RunReport.From(record), writer);
    }

    /// <summary>Writes a report.</summary>
    public static void Write(RunReport report, TextWriter writer)
    {
        var outcome = Explain.Outcome(report.Outcome);
        writer.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <title>{Escape(report.Title)}: {outcome}</title>
            <style>
            {HtmlStyle.Css}
            </style>
            </head>
            <body>
            <h1>{Escape(report.Title)}</h1>
            <p class="verdict {outcome}"><b>{char.ToUpperInvariant(outcome[0])}{outcome[1..]}.</b> {Escape(report.Verdict)}</p>

            """.ReplaceLineEndings("\n"));
        foreach (var section in report.Sections)
        {
            writer.WriteLine("<h2>" + Escape(section.Title) + "</h2>");
            Write(section.Blocks, writer);
        }

        writer.WriteLine("</body>\n</html>");
    }

    private static void Write(IReadOnlyList<ReportBlock> blocks, TextWriter writer)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i] is not FigureBlock first)
            {
                writer.WriteLine(Block(blocks[i]));
                continue;
            }

            // figures that follow each other stand side by side where there is room
            writer.WriteLine(first.Small ? "<div class=\"figures small\">" : "<div class=\"figures\">");
            for (; i < blocks.Count && blocks[i] is FigureBlock figure && figure.Small == first.Small; i++)
            {
                writer.WriteLine($"<figure>\n{figure.Svg}\n<figcaption><b>{Escape(figure.Title)}.</b> {Escape(figure.Alternative)}</figcaption>\n</figure>");
            }

            i--;
            writer.WriteLine("</div>");
        }
    }

    private static string Block(ReportBlock block) => block switch
    {
        ParagraphBlock p => "<p>" + Escape(p.Text) + "</p>",
        ListBlock list => "<ul>\n" + string.Concat(list.Items.Select(i => "<li>" + Escape(i) + "</li>\n")) + "</ul>",
        FactsBlock facts => "<dl>\n" + string.Concat(facts.Facts.Select(f => $"<dt>{Escape(f.Key)}</dt><dd>{Escape(f.Value)}</dd>\n")) + "</dl>",
        CodeBlock code => "<pre><code>" + Escape(code.Text) + "</code></pre>",
        TableBlock table => Table(table),
        _ => throw new NotSupportedException($"A {block.GetType().Name} has no form in HTML."),
    };

    private static string Table(TableBlock table)
    {
        string Cells(string tag, IEnumerable<string> texts, string scope)
            => string.Concat(texts.Select((text, i) => $"<{tag}{scope}{Class(table.Columns[i])}>{Escape(text)}</{tag}>"));
        return "<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>" + Cells("th", table.Columns.Select(c => c.Header), " scope=\"col\"") + "</tr></thead>\n<tbody>\n"
            + string.Concat(table.Rows.Select(row => "<tr>" + Cells("td", row, "") + "</tr>\n")) + "</tbody></table></div>";
    }

    private static string Class(TableColumn column) => column.Numeric ? " class=\"n\"" : column.Wide ? " class=\"w\"" : "";

    // a number and its unit stay on one line
    private static string Escape(string text) => WebUtility.HtmlEncode(NumberAndUnit().Replace(text, "\u00a0"));

    [GeneratedRegex("(?<=[0-9]) (?=(?:s|%|min|h|folds?|repeats?)(?:\\W|$))|(?<=±) ", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAndUnit();
}
