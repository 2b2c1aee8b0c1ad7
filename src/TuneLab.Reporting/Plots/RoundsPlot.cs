using TuneLab.Analysis.Holdout;
using TuneLab.Metrics;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Plots;

/// <summary>Score by round of training.</summary>
internal static class RoundsPlot
{
    public static FigureBlock Draw(IReadOnlyList<CurvePoint> rounds, int settled, Objective metric)
    {
        var best = rounds.OrderBy(r => r.Y, Comparer<double>.Create(metric.Compare)).First();
        var alternative = $"{metric.Id} ({Explain.Direction(metric)}) of the winner by round, averaged over the folds of the search: {Show.Number(rounds[0].Y)} after {Show.Count((long)rounds[0].X, "round")}, {Show.Number(rounds[^1].Y)} after {Show.Whole((long)rounds[^1].X)}, best {Show.Number(best.Y)} after {Show.Whole((long)best.X)}. The dashed line is the round count that was settled on, {Show.Whole(settled)}, by the loss.";
        var frame = PlotFrame.Usual;
        var canvas = new SvgCanvas(frame.Width, frame.Bottom + PlotFrame.Below, alternative);
        var shown = rounds.Where(r => double.IsFinite(r.Y)).ToList();
        var (x, y) = (new PlotAxis(0, rounds[^1].X, frame.Left + 6, frame.Right, 6, whole: true), new PlotAxis(shown.Min(r => r.Y), shown.Max(r => r.Y), frame.Bottom, frame.Top, 5));
        frame.Draw(canvas, x, y, "rounds", $"{metric.Id}, {Explain.Direction(metric)}");
        canvas.Line(x.At(settled), frame.Top, x.At(settled), frame.Bottom, "baseline");
        canvas.Path(shown.Select(r => (x.At(r.X), y.At(r.Y))), "curve");
        return new FigureBlock("More rounds", alternative, canvas.ToString());
    }
}
