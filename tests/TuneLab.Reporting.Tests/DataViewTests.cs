using System.Text;
using System.Xml.Linq;
using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Output;
using TuneLab.Randomness;
using TuneLab.Reporting.Html;
using TuneLab.Reporting.Markdown;
using TuneLab.Reporting.Sections;
using TuneLab.Reporting.Terminal;
using TuneLab.Reporting.Text;
using TuneLab.Testing;

namespace TuneLab.Reporting.Tests;

/// <summary>How views show the table and what was found in it.</summary>
public class DataViewTests
{
    private const string Folder = "tests/TuneLab.Reporting.Tests/Golden/";
    private const string Evil = "</title><script>x</script> & \"|\" *a* ячейка";

    private static readonly Finding[] Findings =
    [
        new("label-giveaway", FindingSeverity.Warning, ["age"], "'age' alone gives 'churned' nearly away: it avoids 98 % of the wrong answers of \"always the most frequent class\".", "If it is known only after the label is, leave it out: data.ignore: [age]."),
        new("constant-column", FindingSeverity.Hint, ["city"], "'city' has the same value in every row, or none.", "Leave it out: data.ignore: [city]."),
    ];

    [Fact]
    public void PlanSummary_WithFindings_EndsWithThem()
        => Golden.Matches(Folder + "plan-findings.txt", Text(w => PlanSummary.Write(WithFindings().Start, w)));

    [Fact]
    public void Markdown_DataAndFindings_MatchGolden()
    {
        var text = Written(new MarkdownReportWriter(), WithFindings());
        Golden.Matches(Folder + "data.md", text[text.IndexOf("## Data", StringComparison.Ordinal)..text.IndexOf("## Reproduce", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Report_NothingFound_SaysSo_AndNothingLookedFor_SaysNothing()
    {
        var run = SampleRun.Finished();
        Assert.DoesNotContain("Findings", Written(new MarkdownReportWriter(), run), StringComparison.Ordinal);
        var text = Written(new MarkdownReportWriter(), run with { Result = run.Result with { Findings = [] } });
        Assert.Contains("## Findings\n\nNothing: no column that gives the label away", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ResultJson_Findings_ComeBackAndAreNoneInAnOlderResult()
    {
        var result = WithFindings().Result;
        var json = ResultJson.ToNode(result);
        var read = ResultJson.Read(json.ToJsonString()).Findings!;
        Assert.Equal(Findings.Select(f => (f.Id, f.Severity, f.Columns.Single(), f.Sentence, f.Advice)), read.Select(f => (f.Id, f.Severity, f.Columns.Single(), f.Sentence, f.Advice)));
        json.Remove("findings");
        Assert.Null(ResultJson.Read(json.ToJsonString()).Findings);
        Assert.Empty(ResultJson.Read(ResultJson.Write(result with { Findings = [] })).Findings!);
    }

    [Fact]
    public void Html_ManyColumns_ShowsTheMostTellingAndSaysHowManyMore()
    {
        var run = Wide(300);
        var page = XDocument.Parse(Written(new HtmlReportWriter(), run).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Trim());
        var small = page.Descendants("div").Single(d => (string?)d.Attribute("class") == "figures small").Elements("figure").ToList();
        Assert.Equal(13, small.Count);
        Assert.StartsWith("y (label).", small[0].Element("figcaption")!.Value, StringComparison.Ordinal);
        Assert.StartsWith("n7.", small[1].Element("figcaption")!.Value, StringComparison.Ordinal);
        Assert.All(small, f => Assert.False(string.IsNullOrEmpty((string?)f.Elements().First().Attribute("aria-label"))));
        Assert.Contains("And 260 more", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_HostileNamesAndLevels_MakeNoElements()
    {
        var run = Wide(4, Evil);
        var page = XDocument.Parse(Written(new HtmlReportWriter(), run).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Trim());
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script");
        Assert.Contains(Evil, page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnText_Shape_IsAsHighAsTheCounts()
    {
        Assert.Equal("█ ▁▄", ColumnText.Shape(new Histogram(0, 4, [80, 0, 1, 40], 0, 0)));
        Assert.Equal(10, ColumnText.Shape(new Histogram(0, 4, [.. Enumerable.Range(1, 20)], 0, 0)).Length);
        Assert.Equal("", ColumnText.Shape(null));
    }

    [Fact]
    public void DataSection_ColumnsOfEveryType_AreInTheTable()
    {
        var table = Assert.Single(DataSection.From(Wide(6, Evil)).Blocks.OfType<TableBlock>());
        Assert.Equal(6, table.Rows.Count);
        Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count));
    }

    private static RunRecord WithFindings()
    {
        var run = SampleRun.Finished();
        var look = new TableLook(DatasetProfiler.Profile(SampleRun.Table.Data, SampleRun.Table), Findings);
        return run with { Start = run.Start with { Look = look }, Result = run.Result with { Findings = Findings } };
    }

    private static RunRecord Wide(int features, string name = "n")
    {
        var random = new SeededRandom(4);
        double[] label = [.. Enumerable.Range(0, 80).Select(_ => (double)random.NextInt(2))];
        List<Column> columns = [.. Enumerable.Range(0, features).Select(c => (Column)(c % 5 == 3
            ? new CategoryColumn(name + c, [.. label.Select(_ => random.NextInt(9))], [.. Enumerable.Range(0, 9).Select(l => name + l)])
            : new NumberColumn(name + c, [.. label.Select(y => (c == 7 ? 9 * y : 0) + random.NextNormal())])))];
        columns.Add(new CategoryColumn("y", Array.ConvertAll(label, y => (int)y), ["no", "yes"]));
        var table = TaskTableBuilder.Build(new Dataset("wide.csv", columns), new DataRoles { Label = "y" });
        var run = SampleRun.Finished();
        var look = TableLook.Of(table, PlannedSplit.Default(table));
        return run with { Start = run.Start with { Table = TableSummary.Of(table), Look = look }, Result = run.Result with { Findings = look.Findings } };
    }

    private static string Written(IResultWriter writer, RunRecord record)
    {
        using var stream = new MemoryStream();
        writer.Write(record, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }
}
