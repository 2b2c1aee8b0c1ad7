using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>
/// Bins of numbers. A value v is in the first bin b with v at most <c>Edges[b]</c>, so a split after bin b and the test
/// <c>v &lt;= Edges[b]</c> part any rows alike, to the last bit.
/// </summary>
internal sealed class NumericBins : FeatureBins
{
    /// <param name="edges">[value bins], ascending: the upper edge of each, the last one infinite.</param>
    /// <param name="missingSeen">Whether a training row has no value here.</param>
    public NumericBins(float[] edges, bool missingSeen)
        : base(edges.Length, missingSeen) => Edges = edges;

    /// <summary>[value bins], ascending: the upper edge of each, included.</summary>
    public float[] Edges { get; }

    /// <summary>Fits edges midway between neighbouring values: each distinct value has a bin of its own when they fit, else bins hold about equally many rows.</summary>
    /// <param name="values">[table rows].</param>
    /// <param name="train">The rows to fit on.</param>
    /// <param name="maxBins">The most value bins, 2 to 255.</param>
    public static NumericBins Fit(float[] values, int[] train, int maxBins)
    {
        var sorted = new float[train.Length];
        var known = 0;
        foreach (var row in train)
        {
            var value = values[row];
            if (!float.IsNaN(value))
            {
                sorted[known++] = value + 0f; // -0 becomes 0: they are equal and must share a bin
            }
        }

        FloatSort.Sort(sorted.AsSpan(0, known));
        var (distinct, counts) = Distinct(sorted.AsSpan(0, known));
        var edges = distinct.Count <= maxBins ? EdgePerValue(distinct) : EqualCounts(distinct, counts, known, maxBins);
        return new NumericBins([.. edges], known < train.Length);
    }

    /// <inheritdoc/>
    public override void Bin(FeatureColumn column, Span<byte> bins)
    {
        var values = ((NumericFeature)column).Values;
        for (var row = 0; row < bins.Length; row++)
        {
            bins[row] = (byte)BinOf(values[row]);
        }
    }

    /// <summary>The bin of one value.</summary>
    public int BinOf(float value)
    {
        if (float.IsNaN(value) || Edges.Length == 0)
        {
            return MissingBin;
        }

        var (low, length) = (0, Edges.Length);
        while (length > 1)
        {
            var half = length >> 1;
            low += Edges[low + half - 1] < value ? half : 0;
            length -= half;
        }

        return low;
    }

    private static (List<float> Values, List<int> Counts) Distinct(ReadOnlySpan<float> sorted)
    {
        var (values, counts) = (new List<float>(), new List<int>());
        for (var i = 0; i < sorted.Length;)
        {
            var start = i;
            var value = sorted[i];
            while (i < sorted.Length && sorted[i] == value)
            {
                i++;
            }

            values.Add(value);
            counts.Add(i - start);
        }

        return (values, counts);
    }

    private static List<float> EdgePerValue(List<float> distinct)
    {
        var edges = new List<float>(distinct.Count);
        for (var i = 1; i < distinct.Count; i++)
        {
            edges.Add(Between(distinct[i - 1], distinct[i]));
        }

        if (distinct.Count > 0)
        {
            edges.Add(float.PositiveInfinity);
        }

        return edges;
    }

    /// <summary>A value that holds a bin's share of rows alone gets a bin of its own; the others share the remaining bins evenly.</summary>
    private static List<float> EqualCounts(List<float> distinct, List<int> counts, int rows, int maxBins)
    {
        var heavy = counts.ConvertAll(c => c >= (double)rows / maxBins);
        var restBins = maxBins - heavy.Count(h => h);
        double restRows = rows - counts.Where((_, i) => heavy[i]).Sum();
        var edges = new List<float>(maxBins);
        var inBin = 0;
        for (var i = 0; i < distinct.Count - 1 && edges.Count < maxBins - 1; i++)
        {
            inBin += counts[i];
            restRows -= heavy[i] ? 0 : counts[i];
            var share = restBins > 0 ? (restRows + inBin) / restBins : double.PositiveInfinity;
            if (heavy[i] || inBin >= share || (heavy[i + 1] && inBin >= Math.Max(1, share / 2)))
            {
                edges.Add(Between(distinct[i], distinct[i + 1]));
                restBins -= heavy[i] ? 0 : 1;
                inBin = 0;
            }
        }

        edges.Add(float.PositiveInfinity);
        return edges;
    }

    /// <summary>An edge e with low &lt;= e &lt; high, midway where a float lies there.</summary>
    private static float Between(float low, float high)
    {
        var middle = (float)(low + ((double)high - low) / 2);
        return middle >= low && middle < high ? middle : low; // also when an end is infinite
    }
}
