namespace TuneLab.Learners.Binning;

/// <summary>
/// Where bins end that hold about equally many rows: at the quantiles k / bins of the sorted rows, those of scikit-learn's
/// <c>_BinMapper</c>: the row at place floor(k (rows - 1) / bins), from 0, is the last of bin k = 1, 2, ... Two
/// differences keep all bins in use where values repeat. A value that holds a bin's share alone has a bin of its own, and
/// the quantiles are those of the other rows. Where a value swallows a quantile, those of the rows behind it are taken anew
/// for the bins that are left.
/// </summary>
internal static class EqualCounts
{
    /// <summary>[bins]: behind the last value of each, ascending; the last is the number of values.</summary>
    /// <param name="counts">[values]: rows of each, ascending by value.</param>
    /// <param name="maxBins">The most bins, at least 2; there are more values.</param>
    public static List<int> Ends(ReadOnlySpan<int> counts, int maxBins)
    {
        var rows = 0;
        foreach (var count in counts)
        {
            rows += count;
        }

        var heavyFrom = (rows + maxBins - 1) / maxBins;
        var (light, bins) = (rows, maxBins);
        foreach (var count in counts)
        {
            (light, bins) = count >= heavyFrom ? (light - count, bins - 1) : (light, bins);
        }

        var ends = new List<int>(maxBins);
        var quantiles = new Quantiles(0, light, bins);
        var (seen, inBin) = (0, 0); // light rows
        for (var i = 0; i < counts.Length - 1 && ends.Count < maxBins - 1; i++)
        {
            var heavy = counts[i] >= heavyFrom;
            (seen, inBin) = heavy ? (seen, inBin) : (seen + counts[i], inBin + counts[i]);
            var full = !heavy && seen > quantiles.Place(1);
            var beforeHeavy = !heavy && counts[i + 1] >= heavyFrom && 2 * inBin >= quantiles.Share;
            if (!heavy && !full && !beforeHeavy)
            {
                continue;
            }

            ends.Add(i + 1);
            bins -= heavy ? 0 : 1;
            quantiles = full && seen <= quantiles.Place(2) ? quantiles.Behind()
                : inBin > 0 ? new Quantiles(seen, light, bins) // it ended elsewhere, or light rows joined a heavy value
                : quantiles;
            inBin = 0;
        }

        ends.Add(counts.Length);
        return ends;
    }

    /// <summary>Quantiles of the light rows from <paramref name="from"/> on, the first <paramref name="passed"/> of them done with.</summary>
    private readonly struct Quantiles(int from, int light, int bins, int passed = 0)
    {
        /// <summary>Rows between two quantiles.</summary>
        public int Share => bins > 0 ? (light - from) / bins : int.MaxValue;

        /// <summary>The place of the <paramref name="next"/>-th quantile that is not done with, 1 for the first.</summary>
        public long Place(int next) => bins > 0 ? from + ((long)(passed + next) * (light - from - 1) / bins) : long.MaxValue;

        public Quantiles Behind() => new(from, light, bins, passed + 1);
    }
}
