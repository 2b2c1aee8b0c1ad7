using System.Buffers;
using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>
/// Bins of numbers. A value v is in the first bin b with v at most <c>Edges[b]</c>, so a split after bin b and the test
/// <c>v &lt;= Edges[b]</c> part any rows alike, to the last bit.
/// </summary>
internal sealed class NumericBins : FeatureBins
{
    /// <param name="edges">[value bins], ascending: the upper edge of each, the last one infinite.</param>
    /// <param name="counts">[value bins + 1]: training rows in each, those without a value last.</param>
    public NumericBins(float[] edges, int[] counts)
        : base(counts) => Edges = edges;

    /// <summary>[value bins], ascending: the upper edge of each, included.</summary>
    public float[] Edges { get; }

    /// <summary>Fits edges midway between neighbouring values: each distinct value has a bin of its own when they fit, else bins hold about equally many rows.</summary>
    /// <param name="values">[table rows].</param>
    /// <param name="train">The rows to fit on.</param>
    /// <param name="maxBins">The most value bins, 2 to 255.</param>
    public static NumericBins Fit(float[] values, int[] train, int maxBins)
    {
        var rented = ArrayPool<float>.Shared.Rent(train.Length);
        var known = 0;
        foreach (var row in train)
        {
            var value = values[row];
            if (!float.IsNaN(value))
            {
                rented[known++] = value + 0f; // -0 becomes 0: they are equal and must share a bin
            }
        }

        var sorted = rented.AsSpan(0, known);
        FloatSort.Sort(sorted);
        var distinct = Distinct(sorted, out var rows);
        var ends = distinct.Length <= maxBins ? EndPerValue(distinct.Length) : EqualCounts.Ends(rows.AsSpan(0, distinct.Length), maxBins);
        var (edges, counts) = (new float[ends.Count], new int[ends.Count + 1]);
        for (var (bin, i) = (0, 0); bin < edges.Length; bin++)
        {
            for (; i < ends[bin]; i++)
            {
                counts[bin] += rows[i];
            }

            edges[bin] = bin == edges.Length - 1 ? float.PositiveInfinity : Between(distinct[i - 1], distinct[i]);
        }

        counts[^1] = train.Length - known;
        ArrayPool<float>.Shared.Return(rented);
        ArrayPool<int>.Shared.Return(rows);
        return new NumericBins(edges, counts);
    }

    /// <summary>The bin after which a boundary lies that is at least so far, in values, from the first boundary between two bins to the last one.</summary>
    /// <param name="from">A bin.</param>
    /// <param name="to">A higher one.</param>
    /// <param name="share">In [0, 1).</param>
    public int BoundaryAt(int from, int to, double share)
    {
        var between = Edges.AsSpan(from, to - from);
        var width = (double)between[^1] - between[0];
        if (!double.IsFinite(width))
        {
            return from + (int)(share * between.Length); // infinite values have no distance
        }

        var at = between.BinarySearch((float)(between[0] + (share * width)));
        return from + Math.Min(at < 0 ? ~at : at, between.Length - 1);
    }

    /// <inheritdoc/>
    public override void Bin(FeatureColumn column, int from, Span<byte> bins)
    {
        var values = ((NumericFeature)column).Values.AsSpan(from, bins.Length);
        for (var row = 0; row < bins.Length; row++)
        {
            bins[row] = (byte)BinOf(values[row]);
        }
    }

    /// <inheritdoc/>
    public override FeatureBins Coarsen(int maxBins, Span<byte> binOf)
    {
        var ends = ValueBins <= maxBins ? EndPerValue(ValueBins) : EqualCounts.Ends(Counts.AsSpan(0, ValueBins), maxBins);
        var edges = new float[ends.Count];
        for (var (bin, i) = (0, 0); bin < edges.Length; bin++)
        {
            for (; i < ends[bin]; i++)
            {
                binOf[i] = (byte)bin;
            }

            edges[bin] = Edges[i - 1];
        }

        binOf[MissingBin] = (byte)edges.Length;
        return edges.Length == ValueBins ? this : new NumericBins(edges, Merge(edges.Length, binOf[..Count]));
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

    /// <summary>Moves the distinct values to the front.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="rows">Rented: how often each occurs.</param>
    private static Span<float> Distinct(Span<float> sorted, out int[] rows)
    {
        rows = ArrayPool<int>.Shared.Rent(sorted.Length);
        var count = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var start = i;
            var value = sorted[i];
            while (i < sorted.Length && sorted[i] == value)
            {
                i++;
            }

            (sorted[count], rows[count]) = (value, i - start);
            count++;
        }

        return sorted[..count];
    }

    private static List<int> EndPerValue(int values) => [.. Enumerable.Range(1, values)];

    /// <summary>An edge e with low &lt;= e &lt; high, midway where a float lies there.</summary>
    private static float Between(float low, float high)
    {
        var middle = (float)(low + ((double)high - low) / 2);
        return middle >= low && middle < high ? middle : low; // also when an end is infinite
    }
}
