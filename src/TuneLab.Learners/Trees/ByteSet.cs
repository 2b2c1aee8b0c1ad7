namespace TuneLab.Learners.Trees;

/// <summary>A set of bins.</summary>
internal struct ByteSet
{
    private ulong _a, _b, _c, _d;

    public readonly bool Contains(byte item) => ((item >> 6) switch { 0 => _a, 1 => _b, 2 => _c, _ => _d } >> (item & 63) & 1) != 0;

    public void Add(byte item)
    {
        var bit = 1UL << (item & 63);
        switch (item >> 6)
        {
            case 0: _a |= bit; break;
            case 1: _b |= bit; break;
            case 2: _c |= bit; break;
            default: _d |= bit; break;
        }
    }
}
