using TuneLab.Experiments;
using TuneLab.Reporting.Sections;
using TuneLab.Reporting.Text;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>The scores of the finalists on each fold of confirm's fresh splits.</summary>
internal static class FinalistsPlot
{
    private const double Side = 278, Rest = 20, Top = 10, RowHeight = 30, LetterWidth = 6.9;

    public static ReportBlock? Draw(RunRecord record)
    {
        var metric = record.Start.Plan.Metric;
        var finalists = record.Trials.Where(t => t.Stage == SearchSection.Confirm && t.Status == TrialStatus.Completed).GroupBy(t => t.Configuration)
            .Select(g => (Configuration: g.Key, Scores: g.SelectMany(t => t.Scores).Where(double.IsFinite).ToList())).Where(f => f.Scores.Count > 1)
            .OrderBy(f => f.Scores.Average(), Comparer<double>.Create(metric.Compare)).ToList();
        if (finalists.Count == 0)
        {
            return null;
        }

        var labels = finalists.Select(f => Label(record, f.Configuration)).ToList();
        var left = Math.Round(20 + (LetterWidth * labels.Max(l => l.Length)));
        var (right, bottom) = (left + Side, Top + (finalists.Count * RowHeight));
        var alternative = $"{metric.Id} ({Explain.Direction(metric)}) of each finalist on every fold of confirm, with the mean: " + string.Join("; ", finalists.Select((f, i) => $"{labels[i]} {Show.Number(f.Scores.Average())} ({Show.Count(f.Scores.Count, record.Start.Table is null ? "run" : "fold")})")) + ".";
        var canvas = new SvgCanvas(right + Rest, bottom + PlotFrame.Below, alternative);
        var x = new PlotAxis(finalists.Min(f => f.Scores.Min()), finalists.Max(f => f.Scores.Max()), left, right, 4);
        foreach (var (value, label) in x.Ticks)
        {
            canvas.Line(x.At(value), Top, x.At(value), bottom, "grid");
            canvas.Text(x.At(value), bottom + 18, label, "middle");
        }

        for (var i = 0; i < finalists.Count; i++)
        {
            var y = Top + ((i + 0.5) * RowHeight);
            canvas.Text(left - 10, y + 4, labels[i], "end");
            var style = DotStyle.Of(Math.Max(0, record.Start.Plan.Trainers.Select(t => t.Trainer.Info.Id).ToList().IndexOf(finalists[i].Configuration.Trainer))).Hollow();
            for (var s = 0; s < finalists[i].Scores.Count; s++)
            {
                canvas.Dot(x.At(finalists[i].Scores[s]), y + (((s * 0.6180339887 % 1) - 0.5) * (RowHeight - 14)), style, null, null);
            }

            var mean = x.At(finalists[i].Scores.Average());
            canvas.Line(mean, y - 11, mean, y + 11, "best");
        }

        canvas.Line(left, bottom, right, bottom, "axis");
        canvas.Text((left + right) / 2, bottom + 36, $"{metric.Id}, {Explain.Direction(metric)}", "middle");
        return new FigureBlock("Finalists on fresh splits", alternative, canvas.ToString());
    }

    private static string Label(RunRecord record, TuneLab.Space.Configuration configuration)
    {
        var (best, baseline) = (record.Result.Best, record.Result.Baseline);
        var name = configuration.Equals(best.Configuration) ? "winner" : configuration.Equals(baseline.Configuration) ? "best default" : "trial " + Show.Whole(record.Trials.First(t => t.Configuration.Equals(configuration)).Number);
        return $"{name} · {configuration.Trainer}";
    }
}
