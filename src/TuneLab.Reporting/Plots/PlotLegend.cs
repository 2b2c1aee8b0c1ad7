namespace TuneLab.Reporting.Plots;

/// <summary>An entry of a legend.</summary>
/// <param name="Text">What the mark means.</param>
/// <param name="Line">The classes of the line that is its mark; null: a dot is.</param>
/// <param name="Dot">The dot that is its mark.</param>
internal sealed record LegendItem(string Text, string? Line, DotStyle Dot = default);

/// <summary>Lays the entries of a legend out in lines.</summary>
internal sealed class PlotLegend
{
    private const double LineHeight = 20;
    private const double Gap = 16;
    private const double LetterWidth = 7.2; // of a wide system font at 13 units: an entry may end early but not run into the next
    private const int LongestText = 40;

    private readonly List<(LegendItem Item, double X, int Line)> _placed = [];

    /// <param name="items">In order.</param>
    /// <param name="width">The width of a line.</param>
    public PlotLegend(IReadOnlyList<LegendItem> items, double width)
    {
        var (x, line) = (0.0, 0);
        foreach (var item in items.Select(i => i.Text.Length > LongestText ? i with { Text = i.Text[..(LongestText - 1)] + "…" } : i))
        {
            var needed = Mark(item) + item.Text.Length * LetterWidth;
            if (x > 0 && x + needed > width)
            {
                (x, line) = (0, line + 1);
            }

            _placed.Add((item, x, line));
            x += needed + Gap;
        }

        Height = (line + 1) * LineHeight;
    }

    /// <summary>The height of all lines.</summary>
    public double Height { get; }

    /// <param name="canvas">Where to.</param>
    /// <param name="left">Where lines begin.</param>
    /// <param name="baseLine">The base line of the first line's text.</param>
    public void Draw(SvgCanvas canvas, double left, double baseLine)
    {
        foreach (var (item, x, line) in _placed)
        {
            var y = baseLine + line * LineHeight;
            if (item.Line is { } style)
            {
                canvas.Line(left + x, y - 4, left + x + 22, y - 4, style);
            }
            else
            {
                canvas.Dot(left + x + 4, y - 4, item.Dot, null, null);
            }

            canvas.Text(left + x + Mark(item), y, item.Text);
        }
    }

    private static double Mark(LegendItem item) => item.Line is null ? 13 : 28;
}
