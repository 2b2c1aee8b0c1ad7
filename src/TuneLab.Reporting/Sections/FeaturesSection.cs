using TuneLab.Experiments;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What the winner goes by.</summary>
internal static class FeaturesSection
{
    private const string Title = "What the winner goes by";
    private const int Shown = 20;

    public static ReportSection From(RunRecord record)
    {
        if (record.Analysis.Features.Value is not { } features)
        {
            return new ReportSection(Title, [new ParagraphBlock($"Not measured: {record.Analysis.Features.NotYet}.")]);
        }

        var metric = record.Start.Plan.Metric.Id;
        var unused = features.Where(f => f.Low <= 0).SelectMany(f => f.Columns).ToList();
        var first = features.Take(Shown).ToList();
        var told = $"Loss of {metric} on the holdout when a column is shuffled, with 95 % intervals, largest first: " + string.Join(", ", first.Take(5).Select(f => $"{ColumnText.Group(f.Columns)} {Show.Number(f.Effect)}")) + (features.Count > Shown ? $"; the first {Show.Whole(Shown)} of {Show.Whole(features.Count)}" : "") + ".";
        List<ReportBlock> blocks =
        [
            BarPlot.Draw("Importance of columns", told, [.. first.Select(f => new Bar(ColumnText.Group(f.Columns), f.Effect, f.Low, f.High, $"{ColumnText.Group(f.Columns)}: {Show.Number(f.Effect)} [{Show.Number(f.Low)}, {Show.Number(f.High)}]"))], metric + " lost when shuffled"),
            new ParagraphBlock("Columns that say nearly the same are shuffled together. It tells what this model uses, not what causes the label."
                + (unused.Count == 0 ? "" : $" Nothing for sure is lost without {(unused.Count <= 12 ? string.Join(", ", unused) : string.Join(", ", unused.Take(12)) + $" and {Show.Whole(unused.Count - 12)} more")}.")),
        ];
        return new ReportSection(Title, blocks);
    }
}
