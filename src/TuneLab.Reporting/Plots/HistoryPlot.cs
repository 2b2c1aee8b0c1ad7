using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>Score by trial number, with the best so far and the baseline.</summary>
internal static class HistoryPlot
{
    private const string Title = "Score by trial";

    public static ReportBlock Draw(RunRecord record)
    {
        var trials = new PlotTrials(record);
        if (trials.Scored.Count == 0)
        {
            return new ParagraphBlock("There is no figure of the scores: no trial has one.");
        }

        var best = BestSoFar(trials);
        var alternative = Words(trials, best);
        var last = Math.Max(1, record.Trials.Max(t => t.Number));
        var frame = PlotFrame.Usual;
        var (left, right, bottom) = (frame.Left, frame.Right, frame.Bottom);
        var legend = new PlotLegend(Legend(trials), right - left);
        var canvas = new SvgCanvas(frame.Width, bottom + 52 + legend.Height, alternative);
        var (x, y) = (new PlotAxis(0, last, left + 6, right, 6, whole: true), new PlotAxis(trials.Low, trials.High, bottom, frame.Top, 5));
        frame.Draw(canvas, x, y, "trial number", $"{trials.Metric.Id}, {Explain.Direction(trials.Metric)}");
        foreach (var trial in trials.Scored)
        {
            canvas.Dot(x.At(trial.Number), y.At(trial.Score), trials.Style(trial), y.IsOutside(trial.Score) ? (trial.Score > trials.High ? -90 : 90) : null, trials.Tip(trial));
        }

        foreach (var trial in trials.Failed)
        {
            canvas.Dot(x.At(trial.Number), bottom, new DotStyle("failed"), null, $"trial {Show.Whole(trial.Number)}, {trial.Configuration.Trainer}: failed, {trial.Reason}");
        }

        if (double.IsFinite(trials.Baseline))
        {
            canvas.Line(left, y.At(trials.Baseline), right, y.At(trials.Baseline), "baseline");
        }

        canvas.Path(Steps(best, last).Select(p => (x.At(p.Number), y.At(p.Score))), "best");
        legend.Draw(canvas, left, bottom + 62);
        return new FigureBlock(Title, alternative, canvas.ToString());
    }

    /// <summary>The trials at full fidelity that were better than all before them.</summary>
    private static List<FinishedTrial> BestSoFar(PlotTrials trials)
    {
        var best = new List<FinishedTrial>();
        foreach (var trial in trials.Scored.Where(t => t.Fidelity.IsFull && t.Status == TrialStatus.Completed))
        {
            if (best.Count == 0 || trials.Metric.Gain(trial.Score, best[^1].Score) > 0)
            {
                best.Add(trial);
            }
        }

        return best;
    }

    private static IEnumerable<(double Number, double Score)> Steps(List<FinishedTrial> best, int last)
    {
        for (var i = 0; i < best.Count; i++)
        {
            yield return (best[i].Number, best[i].Score);
            yield return (i + 1 < best.Count ? best[i + 1].Number : last, best[i].Score);
        }
    }

    private static List<LegendItem> Legend(PlotTrials trials)
    {
        List<LegendItem> items = [new("best so far", "best")];
        if (double.IsFinite(trials.Baseline))
        {
            items.Add(new("best default", "baseline"));
        }

        var shown = trials.Scored.Select(t => t.Configuration.Trainer).ToHashSet();
        items.AddRange(trials.Trainers.Select((name, i) => new LegendItem(name, null, DotStyle.Of(i))).Where(item => shown.Contains(item.Text)));
        if (trials.Scored.Any(t => !t.Fidelity.IsFull || t.Status == TrialStatus.Pruned))
        {
            items.Add(new("given less, or pruned: hollow", null, new DotStyle("dot").Hollow()));
        }

        if (trials.Failed.Count > 0)
        {
            items.Add(new("failed", null, new DotStyle("failed")));
        }

        return items;
    }

    private static string Words(PlotTrials trials, List<FinishedTrial> best)
    {
        var words = $"{trials.Metric.Id} ({Explain.Direction(trials.Metric)}) of {Show.Count(trials.Scored.Count, "trial")} in the order of their numbers";
        if (best.Count > 0)
        {
            words += $". On all rows the best so far goes from {Show.Number(best[0].Score)} (trial {Show.Whole(best[0].Number)}) to {Show.Number(best[^1].Score)} (trial {Show.Whole(best[^1].Number)})";
        }

        if (double.IsFinite(trials.Baseline))
        {
            words += $"; the best default has {Show.Number(trials.Baseline)}";
        }

        var beyond = trials.Scored.Count(t => t.Score < trials.Low || t.Score > trials.High);
        return words + "." + (beyond > 0 ? $" {Show.Count(beyond, "trial")} beyond the range of the axis: a triangle at its edge." : "")
            + (trials.Failed.Count > 0 ? $" {Show.Count(trials.Failed.Count, "trial")} failed." : "");
    }
}
