using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Html;

/// <summary>Writes <c>report.html</c>: one file that needs no network and no script. What stands in it is rendered by components (<see cref="ReportView"/>) that a live page can show as well.</summary>
public sealed class HtmlReportWriter : IResultWriter
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
        writer.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <title>{WebUtility.HtmlEncode(report.Title)}: {Explain.Outcome(report.Outcome)}</title>
            <style>
            {HtmlStyle.Css}
            </style>
            </head>
            <body>

            """.ReplaceLineEndings("\n"));
        writer.Write(Render(report).ReplaceLineEndings("\n"));
        writer.WriteLine("\n</body>\n</html>");
    }

    private static string Render(RunReport report)
    {
        // letters of every alphabet stay as they are
        using var services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ReportView>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ReportView.Report)] = report }))).ToHtmlString()).GetAwaiter().GetResult();
    }
}
