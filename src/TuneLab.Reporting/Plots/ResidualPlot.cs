using TuneLab.Analysis.Holdout;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Plots;

/// <summary>True against predicted numbers.</summary>
internal static class ResidualPlot
{
    public static FigureBlock Draw(Residuals residuals, string label)
    {
        var q = residuals.Quantiles;
        var alternative = $"Truth against prediction of {label}, {Show.Count(residuals.Points.Count, "row")}. Truth minus prediction: half of the rows between {Show.Number(q[1])} and {Show.Number(q[3])}, nine of ten between {Show.Number(q[0])} and {Show.Number(q[4])}; median {Show.Number(q[2])}. On the dashed line both are equal.";
        var frame = PlotFrame.Square;
        var canvas = new SvgCanvas(frame.Width, frame.Bottom + PlotFrame.Below, alternative);
        var (low, high) = (residuals.Points.Min(p => Math.Min(p.X, p.Y)), residuals.Points.Max(p => Math.Max(p.X, p.Y)));
        var (x, y) = (new PlotAxis(low, high, frame.Left, frame.Right, 4), new PlotAxis(low, high, frame.Bottom, frame.Top, 5));
        frame.Draw(canvas, x, y, "predicted " + Cut(label), "true " + Cut(label));
        canvas.Line(x.At(low), y.At(low), x.At(high), y.At(high), "baseline");
        foreach (var point in residuals.Points)
        {
            canvas.Dot(x.At(point.X), y.At(point.Y), DotStyle.Of(0).Hollow(), null, null);
        }

        return new FigureBlock("Truth and prediction", alternative, canvas.ToString());
    }

    private static string Cut(string label) => label.Length > 24 ? label[..23] + "…" : label;
}
