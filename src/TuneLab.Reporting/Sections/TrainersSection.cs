using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Storage;

namespace TuneLab.Reporting.Sections;

/// <summary>What each trainer's default and best trial score at full fidelity, and what failed.</summary>
internal static class TrainersSection
{
    public static ReportSection From(RunRecord record)
    {
        var metric = record.Start.Plan.Metric;
        var searched = record.Trials.Where(t => t.Stage != SearchSection.Confirm).ToList();
        var rows = record.Start.Plan.Trainers.Select(trainer =>
        {
            var mine = searched.Where(t => t.Configuration.Trainer == trainer.Trainer.Info.Id).ToList();
            var whole = mine.Where(t => t.Status == TrialStatus.Completed && t.Fidelity.IsFull).ToList();
            var byDefault = whole.FirstOrDefault(t => t.Configuration.Equals(trainer.Default))?.Score ?? double.NaN;
            var best = whole.Select(t => t.Score).Order(Comparer<double>.Create(metric.Compare)).FirstOrDefault(double.NaN);
            return (IReadOnlyList<string>)
            [
                trainer.Trainer.Info.Id, Show.Number(byDefault), Show.Number(best), Show.Signed(metric.Gain(best, byDefault), byDefault), Show.Whole(mine.Count),
                Show.Whole(mine.Count(t => t.Status == TrialStatus.Pruned)), Show.Whole(mine.Count(t => t.Status == TrialStatus.Failed)), Show.Seconds(mine.Sum(t => t.FitSeconds)),
            ];
        }).ToList();
        List<ReportBlock> blocks =
        [
            new TableBlock([new("trainer"), new("default " + metric.Id, true), new("best " + metric.Id, true), new("better by", true), new("trials", true), new("pruned", true), new("failed", true), new("fit", true)], rows),
            new ParagraphBlock("Validation scores of trials on all rows; – where no such trial was completed."),
        ];
        var failures = record.Trials.Where(t => t.Status == TrialStatus.Failed).GroupBy(t => t.Reason).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(10).ToList();
        if (failures.Count > 0)
        {
            blocks.Add(new ListBlock([.. failures.Select(g => $"{Show.Count(g.Count(), "failed trial")}: {g.Key}")]));
        }

        return new ReportSection("Trainers", blocks);
    }
}
