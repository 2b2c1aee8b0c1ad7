using TuneLab.Experiments;
using TuneLab.Experiments.Studies;
using TuneLab.Reporting.Plots;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>What a run was asked to study besides: columns left out, small changes.</summary>
internal static class StudiesSection
{
    private const int MostBars = 25;

    public static ReportSection? From(RunRecord record)
    {
        List<ReportBlock> blocks = [];
        if (record.Analysis.Ablation.Value is { } ablation)
        {
            blocks.AddRange(Ablation(ablation, record));
        }

        if (record.Analysis.Stability.Value is { } stability)
        {
            blocks.AddRange(Small(stability, record));
        }

        return blocks.Count == 0 ? null : new ReportSection("Studies", blocks);
    }

    private static IEnumerable<ReportBlock> Ablation(IReadOnlyList<AblatedColumns> ablation, RunRecord record)
    {
        var metric = record.Start.Plan.Metric.Id;
        var needed = ablation.Where(a => a.P <= 0.05 && a.Effect > 0).ToList();
        var harmful = ablation.Where(a => a.P <= 0.05 && a.Effect < 0).ToList();
        var words = $"Loss of {metric} over the folds of the search when the winner's configuration is trained without a column, with 95 % intervals, largest first."
            + (needed.Count == 0 ? " For none of them is it more than chance." : $" More than chance for {string.Join(", ", needed.Select(a => ColumnText.Group(a.Columns)))}.")
            + (harmful.Count == 0 ? "" : $" Better without {string.Join(", ", harmful.Select(a => ColumnText.Group(a.Columns)))}.");
        yield return BarPlot.Draw("Columns left out", words, [.. ablation.Take(MostBars).Select(a => new Bar(ColumnText.Group(a.Columns), a.Effect, a.Low, a.High, $"{ColumnText.Group(a.Columns)}: {Show.Number(a.Effect)} [{Show.Number(a.Low)}, {Show.Number(a.High)}], p {Show.Short(a.P)}"))], metric + " lost without");
        yield return new ParagraphBlock("The same splits with and without; corrected resampled t-test, p-values adjusted for all columns (Holm). Columns that say nearly the same are left out together."
            + (ablation.Count > MostBars ? $" The first {MostBars} of {ablation.Count}; analysis.json has all." : ""));
    }

    private static IEnumerable<ReportBlock> Small(Stability stability, RunRecord record)
    {
        var metric = record.Start.Plan.Metric;
        var changes = stability.Trials[0].SeedScores.Count + stability.Trials[0].DataScores.Count;
        yield return new TableBlock([new("trial", true), new("trainer"), new(metric.Id, true), new("other seeds", true), new("without a tenth of the rows", true), new("first in", true)],
            [.. stability.Trials.Select(t => (IReadOnlyList<string>)[Show.Whole(t.Trial), t.Trainer, Show.Number(t.Score), Range(t.SeedScores), Range(t.DataScores), $"{Show.Whole(t.First)} of {Show.Whole(changes)}"])]);
        yield return new ParagraphBlock("The winner, those that came near it and the best default, scored again by cross-validation: lowest to highest mean score over the changes."
            + (double.IsNaN(stability.Agreement) ? "" : $" Ranks agree over the changes by {Show.Number(stability.Agreement)} (Kendall's W: 1 where all changes rank alike, 0 where ranks are chance)."));
    }

    private static string Range(IReadOnlyList<double> scores) => $"{Show.Number(scores.Min())} to {Show.Number(scores.Max())}";
}
