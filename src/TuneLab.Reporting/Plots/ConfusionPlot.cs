using TuneLab.Analysis.Holdout;
using TuneLab.Reporting.Text;

namespace TuneLab.Reporting.Plots;

/// <summary>True against predicted classes, the darker the larger the share of the true class.</summary>
internal static class ConfusionPlot
{
    /// <summary>With more classes than this the numbers would not fit.</summary>
    public const int MostClasses = 20;

    private const double Top = 34, Rest = 20;

    public static FigureBlock Draw(ConfusionTable table)
    {
        var count = table.Classes.Count;
        var names = table.Classes.Select(c => PlotText.Cut(c, count <= 4 ? 126 : 76)).ToList();
        var widest = names.Max(PlotText.Width);
        var cell = count <= 4 ? 74.0 : Math.Max(34, 360.0 / count);
        var left = 34 + widest;
        var (right, bottom) = (left + (cell * count), Top + (Math.Min(cell, 44) * count));
        var height = (bottom - Top) / count;
        var narrow = widest > cell - 4;
        var below = narrow ? 14 + widest : 22;
        var canvas = new SvgCanvas(right + Rest, bottom + below + 20, Words(table));
        canvas.Text((left + right) / 2, 14, "rows of the holdout", "middle");
        for (var t = 0; t < count; t++)
        {
            var all = Math.Max(1, table.Counts[t].Sum());
            canvas.Text(left - 8, Top + ((t + 0.5) * height) + 5, names[t], "end");
            for (var p = 0; p < count; p++)
            {
                var rows = table.Counts[t][p];
                canvas.Box(left + (p * cell), Top + (t * height), cell - 2, height - 2, t == p ? "hit" : "miss", 0.08 + (0.5 * rows / all), $"{table.Classes[t]} predicted as {table.Classes[p]}: {Show.Count(rows, "row")}, {Show.Percent((double)rows / all)} of the class");
                canvas.Text(left + ((p + 0.5) * cell) - 1, Top + ((t + 0.5) * height) + 4, Show.Whole(rows), "middle");
            }
        }

        for (var p = 0; p < count; p++)
        {
            var at = left + ((p + 0.5) * cell);
            canvas.Text(narrow ? at + 4 : at, bottom + (narrow ? 6 : 16), names[p], narrow ? "end" : "middle", turned: narrow);
        }

        canvas.Text((left + right) / 2, bottom + below + 12, "predicted class", "middle");
        canvas.Text(13, (Top + bottom) / 2, "true class", "middle", turned: true);
        return new FigureBlock("Confusion", Words(table), canvas.ToString());
    }

    private static string Words(ConfusionTable table)
    {
        var mistakes = table.Counts.SelectMany((row, t) => row.Select((rows, p) => (t, p, rows))).Where(c => c.t != c.p && c.rows > 0).OrderByDescending(c => c.rows).ToList();
        var (right, all) = (table.Counts.Select((row, t) => row[t]).Sum(), table.Counts.Sum(row => row.Sum()));
        return $"{Show.Whole(right)} of {Show.Count(all, "row")} get their class"
            + (mistakes.Count == 0 ? "." : "; most mistakes: " + string.Join(", ", mistakes.Take(3).Select(m => $"{table.Classes[m.t]} taken for {table.Classes[m.p]} ({Show.Whole(m.rows)})")) + ".");
    }
}
