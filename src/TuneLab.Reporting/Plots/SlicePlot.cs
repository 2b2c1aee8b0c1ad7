using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>Score against one hyperparameter of the winner's trainer.</summary>
internal static class SlicePlot
{
    private static readonly PlotFrame Frame = new(62, 430, 12, 172);

    public static FigureBlock Draw(RunRecord record, WinnersTrials winners, Parameter parameter)
    {
        var trials = winners.All;
        var shown = winners.Trials.Where(t => t.Status == TrialStatus.Completed).Select(t => (Trial: t, Value: WinnersTrials.Value(t, parameter))).Where(t => t.Value is not null).Select(t => (t.Trial, Value: t.Value!.Value)).ToList();
        var best = shown.Where(t => t.Trial is { Fidelity.IsFull: true, Status: TrialStatus.Completed }).OrderBy(t => t.Trial.Score, Comparer<double>.Create(trials.Metric.Compare)).Take(Math.Max(1, shown.Count / 10)).ToList();
        var alternative = $"{trials.Metric.Id} ({Explain.Direction(trials.Metric)}) of {Show.Count(shown.Count, "trial")} of {winners.Trainer} by {parameter.Name}."
            + (best.Count == 0 ? "" : $" The best tenth on all rows has {Range([.. best.Select(t => t.Value)])}.");
        var canvas = new SvgCanvas(Frame.Width, Frame.Bottom + PlotFrame.Below, alternative);
        var (x, y) = (new ParameterAxis(parameter, Frame.Left + 8, Frame.Right - 8, 5), new PlotAxis(trials.Low, trials.High, Frame.Bottom, Frame.Top, 4));
        Frame.Draw(canvas, x.Ticks, y, parameter.Name, trials.Metric.Id);
        foreach (var (trial, value) in shown)
        {
            canvas.Dot(x.At(value), y.At(trial.Score), trials.Style(trial), y.IsOutside(trial.Score) ? (trial.Score > trials.High ? -90 : 90) : null, trials.Tip(trial) is { } tip ? $"{tip}; {parameter.Name} {ConfigurationText.Value(value)}" : null);
        }

        if (double.IsFinite(trials.Baseline))
        {
            canvas.Line(Frame.Left, y.At(trials.Baseline), Frame.Right, y.At(trials.Baseline), "baseline");
        }

        return new FigureBlock(parameter.Name, alternative, canvas.ToString());
    }

    private static string Range(IReadOnlyList<ParameterValue> values)
        => values[0].Name is not null ? string.Join(" or ", values.Select(v => v.Name!).Distinct().Order(StringComparer.Ordinal))
            : values.Min(v => v.Number) == values.Max(v => v.Number) ? Show.Short(values[0].Number)
            : $"{Show.Short(values.Min(v => v.Number))} to {Show.Short(values.Max(v => v.Number))}";
}
