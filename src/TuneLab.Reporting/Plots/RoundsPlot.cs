using TuneLab.Analysis.Holdout;
using TuneLab.Analysis.LearningCurves;
using TuneLab.Metrics;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Plots;

/// <summary>Score by round of training, and what is foretold of twice as many where that is.</summary>
internal static class RoundsPlot
{
    /// <param name="rounds">What was measured.</param>
    /// <param name="settled">The round count that was settled on.</param>
    /// <param name="more">What is foretold; null: nothing.</param>
    /// <param name="metric">Name and direction of the score.</param>
    public static FigureBlock Draw(IReadOnlyList<CurvePoint> rounds, int settled, LearningCurve? more, Objective metric)
    {
        var best = rounds.OrderBy(r => r.Y, Comparer<double>.Create(metric.Compare)).First();
        var alternative = $"{metric.Id} ({Explain.Direction(metric)}) of the winner by round, averaged over the folds of the search: {Show.Number(rounds[0].Y)} after {Show.Count((long)rounds[0].X, "round")}, {Show.Number(rounds[^1].Y)} after {Show.Whole((long)rounds[^1].X)}, best {Show.Number(best.Y)} after {Show.Whole((long)best.X)}. The dashed line is the round count that was settled on, {Show.Whole(settled)}, by the loss."
            + (more is null ? "" : $" The mark on the right is what {Show.Whole((long)more.Forecast.Size)} rounds would bring, {Show.Number(more.Forecast.Value)}, with its {Show.Percent(LearningCurveAnalysis.Level)} interval {Show.Number(more.Forecast.Low)} to {Show.Number(more.Forecast.High)}; the band is the fitted curve's.");
        var frame = PlotFrame.Usual;
        var canvas = new SvgCanvas(frame.Width, frame.Bottom + PlotFrame.Below, alternative);
        var shown = rounds.Where(r => double.IsFinite(r.Y)).ToList();
        CurveEstimate[] foretold = more is null ? [] : [.. more.Line, more.Forecast];
        double[] heights = [.. shown.Select(r => r.Y), .. foretold.SelectMany(e => new[] { e.Low, e.High }).Where(double.IsFinite)];
        var (x, y) = (new PlotAxis(0, more?.Forecast.Size ?? rounds[^1].X, frame.Left + 6, frame.Right, 6, whole: true), new PlotAxis(heights.Min(), heights.Max(), frame.Bottom, frame.Top, 5));
        frame.Draw(canvas, x, y, "rounds", $"{metric.Id}, {Explain.Direction(metric)}");
        if (more is not null)
        {
            canvas.Path(more.Line.Select(e => (x.At(e.Size), y.At(e.High))).Concat(more.Line.Reverse().Select(e => (x.At(e.Size), y.At(e.Low)))), "band");
        }

        canvas.Line(x.At(settled), frame.Top, x.At(settled), frame.Bottom, "baseline");
        canvas.Path(shown.Select(r => (x.At(r.X), y.At(r.Y))), "curve");
        if (more is { Forecast: var ahead })
        {
            canvas.Path(more.Line.Where(e => e.Size >= rounds[^1].X).Select(e => (x.At(e.Size), y.At(e.Value))), "curve ahead");
            canvas.Line(x.At(ahead.Size), y.At(ahead.Low), x.At(ahead.Size), y.At(ahead.High), "whisker");
            canvas.Dot(x.At(ahead.Size), y.At(ahead.Value), DotStyle.Of(2), null, $"forecast for {Show.Whole((long)ahead.Size)} rounds: {Show.Number(ahead.Value)} [{Show.Number(ahead.Low)}, {Show.Number(ahead.High)}]");
        }

        return new FigureBlock("More rounds", alternative, canvas.ToString());
    }
}
