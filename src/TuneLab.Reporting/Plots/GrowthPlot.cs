using TuneLab.Analysis.LearningCurves;
using TuneLab.Metrics;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Plots;

/// <summary>Score by rows learned from: what was measured, the curve through it and what it foretells.</summary>
internal static class GrowthPlot
{
    public static FigureBlock Draw(LearningCurve curve, Objective metric)
    {
        var percent = Show.Percent(LearningCurveAnalysis.Level);
        var alternative = $"{metric.Id} ({Explain.Direction(metric)}) of the winner's configuration by rows that it learns from, with the fitted curve and the {percent} interval of a new measurement; the last mark is the forecast. "
            + string.Join(", ", curve.Points.Select(p => $"{Show.Whole((long)p.Size)} rows {Show.Number(p.Score)}")) + ".";
        var frame = PlotFrame.Usual;
        var canvas = new SvgCanvas(frame.Width, frame.Bottom + PlotFrame.Below, alternative);
        var ends = curve.Line.SelectMany(e => new[] { e.Low, e.High }).Concat(curve.Points.Select(p => p.Score)).Append(curve.Forecast.Low).Append(curve.Forecast.High).Where(double.IsFinite).ToList();
        var (x, y) = (new PlotAxis(0, curve.Forecast.Size, frame.Left + 6, frame.Right, 5), new PlotAxis(ends.Min(), ends.Max(), frame.Bottom, frame.Top, 5));
        frame.Draw(canvas, x, y, "rows learned from", $"{metric.Id}, {Explain.Direction(metric)}");
        canvas.Path(curve.Line.Select(e => (x.At(e.Size), y.At(e.High))).Concat(curve.Line.Reverse().Select(e => (x.At(e.Size), y.At(e.Low)))), "band");
        canvas.Path(curve.Line.Select(e => (x.At(e.Size), y.At(e.Value))), "curve");
        foreach (var point in curve.Points)
        {
            canvas.Dot(x.At(point.Size), y.At(point.Score), DotStyle.Of(0), null, $"{Show.Whole((long)point.Size)} rows: {Show.Number(point.Score)}");
        }

        canvas.Line(x.At(curve.Forecast.Size), y.At(curve.Forecast.Low), x.At(curve.Forecast.Size), y.At(curve.Forecast.High), "whisker");
        canvas.Dot(x.At(curve.Forecast.Size), y.At(curve.Forecast.Value), DotStyle.Of(2), null, $"forecast for {Show.Whole((long)curve.Forecast.Size)} rows: {Show.Number(curve.Forecast.Value)} [{Show.Number(curve.Forecast.Low)}, {Show.Number(curve.Forecast.High)}]");
        return new FigureBlock("More rows", alternative, canvas.ToString());
    }
}
