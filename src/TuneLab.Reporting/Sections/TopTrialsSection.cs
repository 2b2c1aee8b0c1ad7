using TuneLab.Experiments;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Sections;

/// <summary>The best trials by validation.</summary>
internal static class TopTrialsSection
{
    private const int Shown = 10;

    public static ReportSection From(RunRecord record)
    {
        var metric = record.Start.Plan.Metric;
        var top = RankedTrials.Of(record.Trials, metric).Take(Shown).ToList();
        if (top.Count == 0)
        {
            return new ReportSection("Best trials", [new ParagraphBlock("No trial on all rows was completed.")]);
        }

        return new ReportSection("Best trials",
        [
            new TableBlock(
                [new("trial", true), new("stage"), new("trainer"), new(metric.Id, true), new("std", true), new("rounds", true), new("fit", true), new("configuration", Wide: true)],
                [.. top.Select(t => (IReadOnlyList<string>)[Show.Whole(t.Number), t.Stage, t.Configuration.Trainer, Show.Number(t.Score), Show.Number(t.Deviation), Show.Whole(t.Rounds), Show.Seconds(t.FitSeconds), ConfigurationText.Line(t.Configuration)])]),
            new ParagraphBlock("By validation on all rows; the order among close ones is chance, which is what confirm is for. All trials are in trials.csv."),
        ]);
    }
}
