using TuneLab.Reporting.Text;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Reporting.Plots;

/// <summary>The trials over the two hyperparameters that matter most, on cells that are the darker the better the trials near them score; drawn where the analysis kept no surface.</summary>
internal static class LandscapePlot
{
    private const int Cells = 12;
    private const double Reach = 0.18; // of the side of the square: how far a trial is heard

    public static ReportBlock? Draw(WinnersTrials winners, Parameter across, Parameter up)
    {
        var trials = winners.Trials.Where(t => t.Status == TrialStatus.Completed).Select(t => (Trial: t, X: WinnersTrials.Value(t, across), Y: WinnersTrials.Value(t, up))).Where(t => t.X is not null && t.Y is not null)
            .Select(t => (t.Trial, X: across.ToUnit(t.X!.Value), Y: up.ToUnit(t.Y!.Value))).ToList();
        if (trials.Count < 10)
        {
            return null;
        }

        var metric = winners.All.Metric;
        var order = trials.Select(t => t.Trial.Score).Order(Comparer<double>.Create(metric.Compare)).ToList();
        var best = trials.Where(t => metric.Compare(t.Trial.Score, order[0]) == 0).First();
        var alternative = $"{Show.Count(trials.Count, "trial")} of {winners.Trainer} by {across.Name} and {up.Name}; cells are the darker the better the {metric.Id} of the trials near them, empty where none is near. The best trial, number {Show.Whole(best.Trial.Number)}, has {across.Name} {ConfigurationText.Value(across.FromUnit(best.X))} and {up.Name} {ConfigurationText.Value(up.FromUnit(best.Y))}.";
        var frame = PlotFrame.Square with { Left = 78, Right = 338 };
        var canvas = new SvgCanvas(frame.Width, frame.Bottom + PlotFrame.Below, alternative);
        double X(double unit) => frame.Left + (unit * (frame.Right - frame.Left));
        double Y(double unit) => frame.Bottom - (unit * (frame.Bottom - frame.Top));
        var size = (frame.Right - frame.Left) / Cells;
        for (var i = 0; i < Cells; i++)
        {
            for (var j = 0; j < Cells; j++)
            {
                var (cx, cy) = ((i + 0.5) / Cells, (j + 0.5) / Cells);
                var near = trials.Select(t => (t.Trial, Weight: Math.Exp(-(((t.X - cx) * (t.X - cx)) + ((t.Y - cy) * (t.Y - cy))) / (Reach * Reach / 2)))).Where(t => t.Weight > 0.05).ToList();
                if (near.Count > 0)
                {
                    // by rank: a few hopeless trials must not make all others alike
                    var rank = near.Sum(t => t.Weight * (1 - (order.BinarySearch(t.Trial.Score, Comparer<double>.Create(metric.Compare)) is var at && at >= 0 ? at / (double)order.Count : 1))) / near.Sum(t => t.Weight);
                    canvas.Box(X(i / (double)Cells), Y((j + 1) / (double)Cells), size, size, "hit", 0.05 + (0.5 * rank * rank));
                }
            }
        }

        foreach (var (at, label) in new ParameterAxis(across, frame.Left, frame.Right).Ticks)
        {
            canvas.Line(at, frame.Bottom, at, frame.Bottom + 5, "axis");
            canvas.Text(at, frame.Bottom + 18, label, "middle");
        }

        foreach (var (at, label) in new ParameterAxis(up, frame.Bottom, frame.Top).Ticks)
        {
            canvas.Text(frame.Left - 6, at + 4, label, "end");
        }

        foreach (var (trial, x, y) in trials)
        {
            canvas.Dot(X(x), Y(y), winners.All.Style(trial).Hollow(), null, winners.All.Tip(trial));
        }

        canvas.Dot(X(best.X), Y(best.Y), DotStyle.Of(2), null, winners.All.Tip(best.Trial));
        canvas.Line(frame.Left, frame.Bottom, frame.Right, frame.Bottom, "axis");
        canvas.Text((frame.Left + frame.Right) / 2, frame.Bottom + 36, across.Name, "middle");
        canvas.Text(13, (frame.Top + frame.Bottom) / 2, up.Name, "middle", turned: true);
        return new FigureBlock($"{across.Name} and {up.Name}", alternative, canvas.ToString());
    }
}
