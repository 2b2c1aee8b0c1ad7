namespace TuneLab.Analysis;

/// <summary>
/// How well groups of rows alone tell the label: each row is predicted by the other rows of its group, the only row of a group by all rows. No model is trained.
/// </summary>
internal static class SoloScore
{
    /// <summary>The share of the wrong answers of "always the most frequent class" that the groups avoid: 1 where every row is predicted rightly, 0 where nothing is gained (Goodman and Kruskal's lambda 1954, each row left out of its own prediction).</summary>
    /// <param name="counts">Rows by group and class.</param>
    public static double Classes(CellCounts counts)
    {
        var byClass = new long[counts.Classes];
        foreach (var (_, @class, count) in counts.Cells)
        {
            byClass[@class] += count;
        }

        var major = Array.IndexOf(byClass, byClass.Max());
        var rows = byClass.Sum();
        var (wrong, cells) = (0L, counts.Cells);
        for (var begin = 0; begin < cells.Count;)
        {
            var end = begin + 1;
            while (end < cells.Count && cells[end].Group == cells[begin].Group)
            {
                end++;
            }

            wrong += end - begin == 1 && cells[begin].Count == 1 ? (cells[begin].Class == major ? 0 : 1) : Wrong(cells, begin, end);
            begin = end;
        }

        return Gain(wrong, rows - byClass[major]);
    }

    /// <summary>The same for two classes parted by one threshold of a number, either way round; no row is left out, since one threshold fits little to chance.</summary>
    /// <param name="sorted">[rows]: rising.</param>
    /// <param name="positive">[rows]: whether that row is of class 1.</param>
    /// <param name="wrongElsewhere">Wrong answers on rows without the number.</param>
    /// <param name="all">Wrong answers of the most frequent class on all rows.</param>
    public static double Threshold(ReadOnlySpan<double> sorted, ReadOnlySpan<bool> positive, long wrongElsewhere, long all)
    {
        var positives = 0L;
        foreach (var p in positive)
        {
            positives += p ? 1 : 0;
        }

        // negatives below the threshold and positives above it are right; or the other way round
        var (below, least) = (0L, Math.Min(positives, sorted.Length - positives));
        for (var i = 0; i < sorted.Length; i++)
        {
            below += positive[i] ? 1 : 0;
            if (i + 1 == sorted.Length || sorted[i] != sorted[i + 1])
            {
                var wrong = below + (sorted.Length - i - 1) - (positives - below);
                least = Math.Min(least, Math.Min(wrong, sorted.Length - wrong));
            }
        }

        return Gain(least + wrongElsewhere, all);
    }

    /// <summary>R squared of the groups' means: 1 where all rows of a group have the same number, at least 0.</summary>
    /// <param name="groups">[rows]: from 0.</param>
    /// <param name="count">How many groups; some may have no rows.</param>
    /// <param name="target">[rows]: finite.</param>
    public static double Numbers(ReadOnlySpan<int> groups, int count, ReadOnlySpan<double> target)
    {
        var mean = 0.0;
        foreach (var value in target)
        {
            mean += value / target.Length;
        }

        var (sums, squares, rows) = (new double[count], new double[count], new int[count]);
        var all = 0.0;
        for (var i = 0; i < target.Length; i++)
        {
            var away = target[i] - mean;
            sums[groups[i]] += away;
            squares[groups[i]] += away * away;
            rows[groups[i]]++;
            all += away * away;
        }

        var left = 0.0;
        for (var g = 0; g < count; g++)
        {
            double n = rows[g];

            // leaving a row out of its group's mean makes its error n / (n - 1) times as large
            left += n == 0 ? 0 : n == 1 ? squares[g] : Math.Max(0, squares[g] - sums[g] * sums[g] / n) * (n / (n - 1)) * (n / (n - 1));
        }

        return all > 0 ? Math.Max(0, 1 - left / all) : 0;
    }

    private static double Gain(long wrong, long all) => all == 0 ? 0 : Math.Max(0, 1 - (double)wrong / all);

    // a class is predicted for its own rows only when it is ahead of every other without the row itself
    private static long Wrong(List<(int Group, int Class, int Count)> cells, int begin, int end)
    {
        var (first, second, rows) = (0, 0, 0L);
        for (var i = begin; i < end; i++)
        {
            var count = cells[i].Count;
            rows += count;
            (first, second) = count > first ? (count, first) : (first, Math.Max(second, count));
        }

        return first - 1 > second ? rows - first : rows;
    }
}
