using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Boosting;

/// <summary>Where each feature's cells lie in a histogram, and the features of a tree in blocks that are worked on at once.</summary>
internal sealed class FeatureBlocks
{
    private readonly int[] _offset;
    private readonly int[] _length;
    private readonly int _blockLength;

    /// <param name="features">Every feature.</param>
    /// <param name="blockLength">The most numbers of a histogram that a block should cover.</param>
    public FeatureBlocks(FeatureBins[] features, int blockLength)
    {
        _blockLength = blockLength;
        _offset = new int[features.Length];
        _length = Array.ConvertAll(features, f => 2 * f.Count);
        for (var f = 0; f < features.Length; f++)
        {
            _offset[f] = HistogramLength;
            HistogramLength = checked(HistogramLength + _length[f]);
        }
    }

    /// <summary>Numbers in a whole histogram.</summary>
    public int HistogramLength { get; }

    /// <summary>The features of this tree.</summary>
    public int[] Features { get; private set; } = [];

    /// <summary>[features of this tree]: where each one's cells begin.</summary>
    public int[] Offsets { get; private set; } = [];

    /// <summary>The number of blocks, at most one per feature.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the features of the next tree and cuts them into blocks, at least one for each thread.</summary>
    public void Choose(int[] features, int threads)
    {
        if (features != Features)
        {
            Features = features;
            Offsets = Array.ConvertAll(features, f => _offset[f]);
        }

        var length = features.Sum(f => _length[f]);
        Count = Math.Min(features.Length, Math.Max((length + _blockLength - 1) / _blockLength, threads));
    }

    /// <summary>The positions in <see cref="Features"/> that a block covers.</summary>
    public (int From, int To) Range(int block) => ((int)((long)Features.Length * block / Count), (int)((long)Features.Length * (block + 1) / Count));

    /// <summary>The cells of the feature at a position of <see cref="Features"/>.</summary>
    public Span<long> Cells(long[] histogram, int position) => histogram.AsSpan(Offsets[position], _length[Features[position]]);
}
