namespace TuneLab.Learners.Trees;

/// <summary>A way to part a node's rows in two by one feature.</summary>
internal struct Split
{
    /// <summary>How much better the two parts are than the whole; without a split, what one must exceed.</summary>
    public double Gain;

    /// <summary>The feature's number; -1: no split.</summary>
    public int Feature;

    /// <summary>Numbers: bins up to this one go left.</summary>
    public byte Bin;

    /// <summary>Categories: <see cref="Left"/> says which bins go left.</summary>
    public bool Categorical;

    /// <summary>Where rows without a value go. For categories the missing bin is also in or out of <see cref="Left"/>.</summary>
    public bool MissingLeft;

    /// <summary>Categories: the bins that go left.</summary>
    public ByteSet Left;

    /// <summary>Whether rows in a bin go left, for every bin of the feature.</summary>
    /// <param name="goesLeft">[bins, the missing one last] of 0 or 1, overwritten.</param>
    public readonly void Table(Span<byte> goesLeft)
    {
        for (var bin = 0; bin < goesLeft.Length - 1; bin++)
        {
            goesLeft[bin] = (byte)((Categorical ? Left.Contains((byte)bin) : bin <= Bin) ? 1 : 0);
        }

        goesLeft[^1] = (byte)(MissingLeft ? 1 : 0);
    }
}
