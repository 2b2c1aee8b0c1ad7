using TuneLab.Data;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Plots;

/// <summary>A small figure of one column: a histogram over a box plot for numbers, bars for levels.</summary>
internal static class ColumnPlot
{
    private const double Width = 250, Left = 12, Right = 238, Top = 8, Bottom = 88, BoxMiddle = 104, BoxHeight = 16, AxisLine = 120;
    private const double BarLeft = 104, BarRight = 196, BarHeight = 19;
    private const int MostBars = 6;
    private const int LongestName = 13;

    /// <summary>The figure; null for dates and texts, and where there is no value to draw.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="label">Whether it is the label.</param>
    public static FigureBlock? Draw(ColumnProfile column, int rows, bool label = false)
    {
        var title = column.Name + (label ? " (label)" : "");
        return column switch
        {
            { Numbers: { } numbers, Histogram: { } histogram, Box: { } box } => Numbers(title, column, numbers, histogram, box, rows),
            { Top.Count: > 0 } => Bars(title, column.Top, column.Distinct, rows, With(column)),
            _ => null,
        };
    }

    /// <summary>The figure of the classes of a label.</summary>
    public static FigureBlock Draw(LabelSummary label) => Bars(label.Name + " (label)", [.. label.Classes.OrderByDescending(c => c.Count)], label.Classes.Count, label.Rows, "");

    private static FigureBlock Numbers(string title, ColumnProfile column, NumberSummary numbers, Histogram histogram, BoxSummary box, int rows)
    {
        var known = rows - column.Missing;
        var words = $"{ColumnText.Number(numbers.Min)} to {ColumnText.Number(numbers.Max)}, half of it from {ColumnText.Number(numbers.Lower)} to {ColumnText.Number(numbers.Upper)}, median {ColumnText.Number(numbers.Median)}"
            + (box.Outliers == 0 ? "; no outliers" : $"; {Show.Count(box.Outliers, "outlier")} ({ColumnText.Share(box.Outliers, known)})")
            + (histogram.Below + histogram.Above == 0 ? "" : $", {Show.Whole(histogram.Below + histogram.Above)} of them beyond the figure")
            + Missing(column, rows) + With(column) + ".";
        var canvas = new SvgCanvas(Width, AxisLine + 24, $"{title}: {words}");
        var x = new PlotAxis(histogram.Low, histogram.High, Left, Right, 5, whole: Math.Abs(histogram.Low % 1) == 0.5); // bins of whole numbers begin between two
        var (width, most) = ((Right - Left) / histogram.Counts.Count, Math.Max(1, histogram.Counts.Max()));
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            var height = (Bottom - Top) * histogram.Counts[i] / most;
            if (height > 0)
            {
                canvas.Rectangle(Left + i * width + 0.5, Bottom - Math.Max(1, height), width - 1, Math.Max(1, height), "bar");
            }
        }

        canvas.Line(Left, Bottom, Right, Bottom, "grid");
        DrawBox(canvas, x, numbers, box);
        canvas.Line(Left, AxisLine, Right, AxisLine, "axis");
        var free = 0.0;
        foreach (var (value, text) in x.Ticks)
        {
            canvas.Line(x.At(value), AxisLine, x.At(value), AxisLine + 4, "axis");

            // the text of a tick at an end would stand half outside, and of two that touch one is left out
            var middle = Math.Clamp(x.At(value), Half(text), Width - Half(text));
            if (middle - Half(text) >= free)
            {
                canvas.Text(middle, AxisLine + 18, text, "middle");
                free = middle + Half(text) + 5;
            }
        }

        return new FigureBlock(title, words, canvas.ToString()) { Small = true };
    }

    private static void DrawBox(SvgCanvas canvas, PlotAxis x, NumberSummary numbers, BoxSummary box)
    {
        canvas.Line(x.At(box.Low), BoxMiddle, x.At(box.High), BoxMiddle, "axis");
        foreach (var end in new[] { box.Low, box.High })
        {
            canvas.Line(x.At(end), BoxMiddle - BoxHeight / 4, x.At(end), BoxMiddle + BoxHeight / 4, "axis");
        }

        var (from, to) = (x.At(numbers.Lower), x.At(numbers.Upper));
        canvas.Rectangle(from, BoxMiddle - BoxHeight / 2, Math.Max(1, to - from), BoxHeight, "box");
        canvas.Line(x.At(numbers.Median), BoxMiddle - BoxHeight / 2, x.At(numbers.Median), BoxMiddle + BoxHeight / 2, "best");
        foreach (var (outliers, place, direction) in new[] { (box.Below, Left + 4, 180), (box.Above, Right - 4, 0) })
        {
            if (outliers > 0)
            {
                canvas.Dot(place, BoxMiddle, new DotStyle("dot t2"), direction, Show.Count(outliers, "outlier") + " on this side");
            }
        }
    }

    private static FigureBlock Bars(string title, IReadOnlyList<LevelCount> levels, int distinct, int rows, string with)
    {
        var shown = levels.Take(distinct > MostBars ? MostBars - 1 : MostBars).ToList();
        if (distinct > shown.Count)
        {
            shown.Add(new LevelCount($"{Show.Whole(distinct - shown.Count)} others", Math.Max(0, rows - shown.Sum(l => l.Count))));
        }

        var words = string.Join(", ", shown.Select(l => $"{ColumnText.Short(l.Level)} {ColumnText.Share(l.Count, rows)}")) + with + ".";
        var canvas = new SvgCanvas(Width, Top * 2 + BarHeight * shown.Count, $"{title}: {words}");
        var most = Math.Max(1, shown.Max(l => l.Count));
        for (var i = 0; i < shown.Count; i++)
        {
            var (top, length) = (Top + i * BarHeight, (BarRight - BarLeft) * shown[i].Count / most);
            canvas.Text(BarLeft - 6, top + 14, Name(shown[i].Level), "end");
            canvas.Rectangle(BarLeft, top + 3, Math.Max(1, length), BarHeight - 6, "bar");
            canvas.Text(BarLeft + length + 5, top + 14, ColumnText.Share(shown[i].Count, rows));
        }

        return new FigureBlock(title, words, canvas.ToString()) { Small = true };
    }

    private static string Name(string level) => level.ReplaceLineEndings(" ") is var line && line.Length <= LongestName ? line : line[..(LongestName - 1)] + "…";

    private static string Missing(ColumnProfile column, int rows) => column.Missing == 0 ? "" : $"; {ColumnText.Share(column.Missing, rows)} missing";

    private static string With(ColumnProfile column) => ColumnText.Relation(column.Relation) is { Length: > 0 } relation ? $"; with the label {relation}" : "";

    private static double Half(string text) => text.Length * 4.2 + 1;
}
