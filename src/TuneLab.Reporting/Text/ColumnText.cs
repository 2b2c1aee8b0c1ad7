using TuneLab.Analysis;
using TuneLab.Data;

namespace TuneLab.Reporting.Text;

/// <summary>What a column's profile says, in a few words each.</summary>
public static class ColumnText
{
    private const int LongestValue = 24;
    private const int LevelsShown = 4;
    private const int Blocks = 10;
    private const string Heights = " ▁▂▃▄▅▆▇█";

    /// <summary>Where the values lie: range and median, first and last day, the most frequent levels, or an example.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Rows of the table.</param>
    public static string Values(ColumnProfile column, int rows) => column switch
    {
        { Numbers: { } numbers } => $"{Number(numbers.Min)} to {Number(numbers.Max)}, median {Number(numbers.Median)}",
        { Dates: { } dates } => $"{Day(dates.First)} to {Day(dates.Last)}",
        { Top.Count: > 0 } => string.Join(", ", column.Top.Take(LevelsShown).Select(l => $"{Short(l.Level)} {Share(l.Count, rows)}")) + (column.Distinct > LevelsShown ? ", ..." : ""),
        _ => string.Join(", ", column.Examples.Take(1).Select(e => Short(e))),
    };

    /// <summary>How the column goes together with the label: <c>AUC 0.61, r 0.18</c>; eta and Cramer's V without what many levels bring by chance; empty where nothing is measured.</summary>
    /// <param name="relation">Measured, or null.</param>
    /// <param name="most">How many measures at most, the first ones.</param>
    public static string Relation(LabelRelation? relation, int most = int.MaxValue) => relation is null ? "" : string.Join(", ", Measures(relation).Take(most));

    /// <summary>The histogram as a line of blocks, ten at most; empty without one.</summary>
    public static string Shape(Histogram? histogram)
    {
        if (histogram is null)
        {
            return "";
        }

        var per = (histogram.Counts.Count + Blocks - 1) / Blocks;
        int[] counts = [.. histogram.Counts.Chunk(per).Select(c => c.Sum())];
        return string.Concat(counts.Select(c => Heights[c == 0 ? 0 : 1 + (int)((long)(c - 1) * (Heights.Length - 1) / counts.Max())]));
    }

    /// <summary>A number of a table: five digits, thousands parted.</summary>
    public static string Number(double value) => value.ToString(Math.Abs(value) is >= 1e4 and < 1e15 ? "N0" : "G5", CultureInfo.InvariantCulture);

    /// <summary>A part of the rows.</summary>
    public static string Share(int count, int rows) => (100.0 * count / Math.Max(1, rows)).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A value on one line, cut where it is long.</summary>
    /// <param name="text">The value.</param>
    /// <param name="longest">The most letters.</param>
    public static string Short(string text, int longest = LongestValue) => text.ReplaceLineEndings(" ") is var line && line.Length <= longest ? line : string.Concat(line.AsSpan(0, longest - 3), "...");

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Measures(LabelRelation relation)
    {
        (string Name, double? Value)[] measures = [("AUC", relation.Auc), ("r", relation.Pearson), ("rho", relation.Spearman), ("eta", relation.Ratio?.Adjusted), ("V", relation.ChiSquared?.Adjusted)];
        foreach (var (name, value) in measures)
        {
            if (value is { } number && double.IsFinite(number))
            {
                yield return $"{name} {number.ToString("0.00", CultureInfo.InvariantCulture)}";
            }
        }

        if (relation.ChiSquared is { DegreesOfFreedom: > 0, P: var p })
        {
            yield return p < 0.001 ? "p < 0.001" : $"p = {p.ToString("0.###", CultureInfo.InvariantCulture)}";
        }
    }

    /// <summary>Columns that are taken together: one by its name, two by both, more by the first and how many there are besides.</summary>
    public static string Group(IReadOnlyList<string> columns)
        => columns.Count == 1 ? columns[0] : columns[0] + " + " + (columns.Count == 2 ? columns[1] : Show.Whole(columns.Count - 1) + " alike");
}
