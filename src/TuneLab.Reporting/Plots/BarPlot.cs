namespace TuneLab.Reporting.Plots;

/// <summary>A bar.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its length.</param>
/// <param name="Low">Lower end of its interval; NaN: none.</param>
/// <param name="High">Upper end.</param>
/// <param name="Tip">Its tooltip.</param>
internal sealed record Bar(string Label, double Value, double Low, double High, string Tip);

/// <summary>Bars that lie, one below the other, with intervals.</summary>
internal static class BarPlot
{
    private const double Side = 270, Rest = 20, Top = 8, RowHeight = 22, WidestLabel = 210;

    /// <param name="title">The figure's title.</param>
    /// <param name="alternative">The same in words.</param>
    /// <param name="bars">From the top; at least one.</param>
    /// <param name="across">The axis.</param>
    public static FigureBlock Draw(string title, string alternative, IReadOnlyList<Bar> bars, string across)
    {
        var labels = bars.Select(b => PlotText.Cut(b.Label, WidestLabel)).ToList();
        var left = Math.Round(24 + labels.Max(PlotText.Width));
        var (right, bottom) = (left + Side, Top + (bars.Count * RowHeight));
        var canvas = new SvgCanvas(right + Rest, bottom + PlotFrame.Below, alternative);
        var ends = bars.SelectMany(b => new[] { b.Value, b.Low, b.High }).Where(double.IsFinite).Append(0).ToList();
        var x = new PlotAxis(ends.Min(), ends.Max(), left, right, 4);
        foreach (var (value, label) in x.Ticks)
        {
            canvas.Line(x.At(value), Top, x.At(value), bottom, "grid");
            canvas.Text(x.At(value), bottom + 18, label, "middle");
        }

        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, y) = (bars[i], Top + (i * RowHeight));
            var (from, to) = (x.At(Math.Min(0, bar.Value)), x.At(Math.Max(0, bar.Value)));
            canvas.Text(left - 8, y + 15, labels[i], "end");
            canvas.Box(from, y + 4, to - from, RowHeight - 8, "bar", 0.75, bar.Tip);
            if (double.IsFinite(bar.Low) && double.IsFinite(bar.High))
            {
                canvas.Line(x.At(bar.Low), y + (RowHeight / 2), x.At(bar.High), y + (RowHeight / 2), "whisker");
            }
        }

        canvas.Line(x.At(0), Top, x.At(0), bottom, "axis");
        canvas.Text((left + right) / 2, bottom + 36, across, "middle");
        return new FigureBlock(title, alternative, canvas.ToString());
    }
}
