using TuneLab.Experiments;
using TuneLab.Metrics;
using TuneLab.Reporting.Sections;
using TuneLab.Reporting.Text;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>The trials that plots show: those of the search that have a score, and the range of scores that is worth showing.</summary>
internal sealed class PlotTrials
{
    // a title in each of thousands of dots would weigh more than the rest of the page
    private const int MostTips = 2000;

    public PlotTrials(RunRecord record)
    {
        Metric = record.Start.Plan.Metric;
        Baseline = record.Result.Baseline.Validation.Mean;
        Trainers = [.. record.Start.Plan.Trainers.Select(t => t.Trainer.Info.Id)];
        Scored = [.. record.Trials.Where(t => t.Stage != SearchSection.Confirm && double.IsFinite(t.Score)).OrderBy(t => t.Number)];
        Failed = [.. record.Trials.Where(t => t.Stage != SearchSection.Confirm && !double.IsFinite(t.Score)).OrderBy(t => t.Number)];
        if (Scored.Count > 0)
        {
            // a few hopeless configurations must not squeeze all the others into one line
            var ordered = Scored.Select(t => t.Score).Order(Comparer<double>.Create(Metric.Compare)).ToList();
            var (best, bad) = (ordered[0], ordered[(int)(0.9 * (ordered.Count - 1))]);
            double[] shown = double.IsFinite(Baseline) ? [best, bad, Baseline] : [best, bad];
            var margin = 0.06 * (shown.Max() - shown.Min());
            (Low, High) = (shown.Min() - margin, shown.Max() + margin);
        }
    }

    public Objective Metric { get; }

    /// <summary>The best default's validation score.</summary>
    public double Baseline { get; }

    public IReadOnlyList<string> Trainers { get; }

    /// <summary>By number.</summary>
    public IReadOnlyList<FinishedTrial> Scored { get; }

    /// <summary>By number.</summary>
    public IReadOnlyList<FinishedTrial> Failed { get; }

    public double Low { get; }

    public double High { get; }

    /// <summary>A trial's dot: its trainer's, hollow when it was given only some rows, rounds or folds.</summary>
    public DotStyle Style(FinishedTrial trial)
    {
        var style = DotStyle.Of(Math.Max(0, Trainers.ToList().IndexOf(trial.Configuration.Trainer)));
        return !trial.Fidelity.IsFull || trial.Status == TrialStatus.Pruned ? style.Hollow() : style;
    }

    public string? Tip(FinishedTrial trial) => Scored.Count > MostTips ? null
        : $"trial {Show.Whole(trial.Number)}, {trial.Stage}, {trial.Configuration.Trainer}: {Show.Number(trial.Score)}"
            + (trial.Fidelity.IsFull ? "" : " on " + trial.Fidelity) + (trial.Status == TrialStatus.Pruned ? ", pruned" : "");
}
