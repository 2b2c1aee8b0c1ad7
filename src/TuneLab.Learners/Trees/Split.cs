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

    /// <summary>What was added to the l2 penalty of its parts: their values keep it.</summary>
    public double ExtraL2;

    /// <summary>Categories: the bins that go left.</summary>
    public ByteSet Left;

    /// <summary>Whether it gains more than another one, or the other is none; the lower feature number decides where both gain the same, so that the order in which features are looked at does not matter.</summary>
    public readonly bool Beats(in Split other) => other.IsBeatenBy(Gain, Feature);

    /// <inheritdoc cref="Beats"/>
    public readonly bool IsBeatenBy(double gain, int feature) => Feature < 0 || gain > Gain || (gain == Gain && feature < Feature);

    /// <summary>Whether rows in a bin go left.</summary>
    public readonly bool IsLeft(int bin, int missingBin) => bin == missingBin ? MissingLeft : Categorical ? Left.Contains((byte)bin) : bin <= Bin;

    /// <summary>Whether rows with a code go left, for every code of the feature's column.</summary>
    /// <param name="bins">The feature's bins, the missing one last.</param>
    /// <param name="binOfCode">[256].</param>
    /// <param name="goesLeft">[256] of 0 or 1, overwritten where a code occurs.</param>
    public readonly void Table(int bins, byte[] binOfCode, Span<byte> goesLeft)
    {
        Span<byte> ofBin = stackalloc byte[256];
        for (var bin = 0; bin < bins; bin++)
        {
            ofBin[bin] = (byte)(IsLeft(bin, bins - 1) ? 1 : 0);
        }

        for (var code = 0; code < goesLeft.Length; code++)
        {
            goesLeft[code] = ofBin[binOfCode[code]];
        }
    }
}
