namespace TuneLab.Reporting.Plots;

/// <summary>The room of a figure with two axes, grid lines across, titles beside them.</summary>
/// <param name="Left">Where the horizontal axis begins.</param>
/// <param name="Right">Where it ends.</param>
/// <param name="Top">Where the vertical axis ends.</param>
/// <param name="Bottom">Where it begins.</param>
internal sealed record PlotFrame(double Left, double Right, double Top, double Bottom)
{
    /// <summary>The room below <see cref="Bottom"/> that tick labels and title take.</summary>
    public const double Below = 46;

    /// <summary>A figure of the usual size.</summary>
    public static PlotFrame Usual { get; } = new(62, 430, 12, 230);

    /// <summary>A square figure, for axes of the same unit.</summary>
    public static PlotFrame Square { get; } = new(62, 322, 12, 272);

    /// <summary>How wide a drawing with this frame is.</summary>
    public double Width => Right + 20; // half a tick label

    /// <summary>Draws axes, grid and titles.</summary>
    public void Draw(SvgCanvas canvas, PlotAxis x, PlotAxis y, string across, string up) => Draw(canvas, [.. x.Ticks.Select(t => (x.At(t.Value), t.Label))], y, across, up);

    /// <summary>The same with ticks across that are placed already.</summary>
    public void Draw(SvgCanvas canvas, IReadOnlyList<(double At, string Label)> x, PlotAxis y, string across, string up)
    {
        foreach (var (value, label) in y.Ticks)
        {
            canvas.Line(Left, y.At(value), Right, y.At(value), "grid");
            canvas.Text(Left - 6, y.At(value) + 4, label, "end");
        }

        foreach (var (at, label) in x)
        {
            canvas.Line(at, Bottom, at, Bottom + 5, "axis");
            canvas.Text(at, Bottom + 18, label, "middle");
        }

        canvas.Line(Left, Bottom, Right, Bottom, "axis");
        canvas.Text((Left + Right) / 2, Bottom + 36, across, "middle");
        canvas.Text(13, (Top + Bottom) / 2, up, "middle", turned: true);
    }
}
