using TuneLab.Analysis.Holdout;

namespace TuneLab.Reporting.Plots;

/// <summary>A curve in the unit square, with a line to hold it against.</summary>
internal static class CurvePlot
{
    /// <param name="title">The figure's title.</param>
    /// <param name="alternative">The same in words.</param>
    /// <param name="points">In order; both in [0, 1].</param>
    /// <param name="across">The horizontal axis.</param>
    /// <param name="up">The vertical axis.</param>
    /// <param name="against">The ends of the dashed line.</param>
    /// <param name="dots">Points with their intervals and tooltips; empty for the curve alone.</param>
    public static FigureBlock Draw(string title, string alternative, IReadOnlyList<CurvePoint> points, string across, string up, (CurvePoint From, CurvePoint To) against, IReadOnlyList<(CurvePoint At, double Low, double High, string Tip)>? dots = null)
    {
        var frame = PlotFrame.Square;
        var canvas = new SvgCanvas(frame.Width, frame.Bottom + PlotFrame.Below, alternative);
        var (x, y) = (new PlotAxis(0, 1, frame.Left, frame.Right, 5), new PlotAxis(0, 1, frame.Bottom, frame.Top, 5));
        frame.Draw(canvas, x, y, across, up);
        canvas.Line(x.At(against.From.X), y.At(against.From.Y), x.At(against.To.X), y.At(against.To.Y), "baseline");
        canvas.Path(points.Select(p => (x.At(p.X), y.At(p.Y))), "curve");
        foreach (var (at, low, high, tip) in dots ?? [])
        {
            canvas.Line(x.At(at.X), y.At(low), x.At(at.X), y.At(high), "whisker");
            canvas.Dot(x.At(at.X), y.At(at.Y), DotStyle.Of(1), null, tip);
        }

        return new FigureBlock(title, alternative, canvas.ToString());
    }
}
