using TuneLab.Experiments;
using TuneLab.Reporting.Text;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>Configurations of the winner's trainer as lines across one axis per hyperparameter and one for the score.</summary>
internal static class ParallelPlot
{
    private const double Top = 116, Bottom = 320, Step = 62, Side = 40;
    private const int MostLines = 200, MostAxes = 12, LongestName = 18;

    public static ReportBlock? Draw(WinnersTrials winners)
    {
        var trials = winners.All;
        var order = Comparer<double>.Create(trials.Metric.Compare);
        var ranked = winners.Trials.Where(t => t is { Fidelity.IsFull: true, Status: TrialStatus.Completed }).OrderBy(t => t.Score, order).ThenBy(t => t.Number).ToList();
        Parameter[] parameters = [.. winners.Varied.Take(MostAxes)];
        if (ranked.Count < 5 || parameters.Length < 2)
        {
            return null;
        }

        var good = Math.Max(1, ranked.Count / 10);
        var shown = ranked.Count <= MostLines ? ranked : [.. ranked.Take(good).Concat(ranked.Skip(good).Where((_, i) => i % ((ranked.Count / MostLines) + 1) == 0))];
        var alternative = $"Each line is a configuration of {winners.Trainer} on all rows ({Show.Count(shown.Count, "line")}{(shown.Count < ranked.Count ? $" of {Show.Whole(ranked.Count)}" : "")}); the strong ones are the best tenth, {trials.Metric.Id} {Show.Number(ranked[0].Score)} to {Show.Number(ranked[good - 1].Score)}."
            + (winners.Varied.Count > MostAxes ? $" The first {MostAxes} of {winners.Varied.Count} hyperparameters." : "");
        var width = (Side * 2) + (Step * parameters.Length);
        var canvas = new SvgCanvas(width, Bottom + 30, alternative);
        ParameterAxis[] axes = [.. parameters.Select(p => new ParameterAxis(p, Bottom, Top, 3))];
        var score = new PlotAxis(trials.Low, trials.High, Bottom, Top, 5);
        foreach (var trial in Enumerable.Reverse(shown))
        {
            var points = parameters.Select((p, i) => (X: Side + (i * Step), Y: WinnersTrials.Value(trial, p) is { } value ? axes[i].At(value) : Bottom + 10)).Append((Side + (parameters.Length * Step), score.At(trial.Score)));
            canvas.Path(points, ranked.IndexOf(trial) < good ? "strong" : "faint");
        }

        for (var i = 0; i <= parameters.Length; i++)
        {
            var x = Side + (i * Step);
            canvas.Line(x, Top, x, Bottom, "axis");
            var name = i < parameters.Length ? parameters[i].Name : trials.Metric.Id;
            canvas.Slanted(x - 2, Top - 10, name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name);
            foreach (var (at, label) in i < parameters.Length ? axes[i].Ticks : [.. score.Ticks.Where((_, t) => t % 2 == 0).Select(t => (score.At(t.Value), t.Label))])
            {
                canvas.Text(x + 4, at + (at > Bottom - 4 ? 0 : 4), label, small: true);
            }
        }

        return new FigureBlock("Configurations", alternative, canvas.ToString());
    }
}
