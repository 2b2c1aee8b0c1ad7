namespace TuneLab.Analysis;

/// <summary>How two lists of numbers go together. The lists are equally long and finite; row i of one belongs to row i of the other.</summary>
public static class Correlation
{
    /// <summary>Pearson's r, from -1 to 1: how well a straight line fits. With a list of 0 and 1 it is the point-biserial correlation.</summary>
    /// <returns>NaN for fewer than two rows, and where a list does not vary.</returns>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (meanX, meanY) = (Mean(x), Mean(y));
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1) : double.NaN;
    }

    /// <summary>Spearman's rho, from -1 to 1: Pearson's r of the ranks, so that any rising curve counts like a line.</summary>
    /// <returns>NaN for fewer than two rows, and where a list does not vary.</returns>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Pearson(Ranks(x), Ranks(y));

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    public static double[] Ranks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var rows = new int[sorted.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort(sorted, rows);
        return Ranks(sorted, rows, values.Length);
    }

    /// <summary>The same of values that are sorted already.</summary>
    /// <param name="sorted">[values]: rising.</param>
    /// <param name="places">[values]: where in the answer each one's rank goes.</param>
    /// <param name="count">The length of the answer; places that no value has stay 0.</param>
    internal static double[] Ranks(ReadOnlySpan<double> sorted, ReadOnlySpan<int> places, int count)
    {
        var ranks = new double[count];
        for (var begin = 0; begin < sorted.Length;)
        {
            var end = begin + 1;
            while (end < sorted.Length && sorted[end] == sorted[begin])
            {
                end++;
            }

            for (var i = begin; i < end; i++)
            {
                ranks[places[i]] = (begin + 1 + end) / 2.0;
            }

            begin = end;
        }

        return ranks;
    }

    /// <summary>Area under the ROC curve of ranked numbers: the share of pairs of a positive and a negative row in which the positive one has the higher number, ties counting half (Mann and Whitney's U over the number of pairs).</summary>
    /// <param name="ranks">[rows]: of the numbers, as <see cref="Ranks(ReadOnlySpan{double})"/> gives them.</param>
    /// <param name="truth">[rows]: 1 for a positive row, 0 for a negative one.</param>
    /// <returns>NaN without positives or without negatives.</returns>
    public static double AreaUnderCurve(ReadOnlySpan<double> ranks, ReadOnlySpan<double> truth)
    {
        var (sum, positives) = (0.0, 0L);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (truth[i] == 1)
            {
                sum += ranks[i];
                positives++;
            }
        }

        var negatives = ranks.Length - positives;
        return positives > 0 && negatives > 0 ? (sum - positives * (positives + 1) / 2.0) / ((double)positives * negatives) : double.NaN;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
