using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// The value bins of a numeric feature that hold rows of a node, with the sums of all rows up to each: where the node can be parted. In a small node most bins are empty, so they are
/// found several to a step and never looked at one by one.
/// </summary>
internal ref struct OccupiedBins
{
    /// <summary>Numbers that are made room for beyond the bins, so that a vector may be read from any of them.</summary>
    private const int Slack = 4;

    private const int Most = 256 + Slack;

    /// <summary>How many bins are looked at together: a bit for each half of a cell.</summary>
    private const int Chunk = 32;

    /// <summary>Odd bits: those of the second halves, which are 0 in an empty cell only.</summary>
    private const ulong SecondHalves = 0xAAAAAAAAAAAAAAAA;

    /// <summary>Numbers of memory to work in.</summary>
    public const int ScratchLength = 2 * Most + 256 / sizeof(long);

    private OccupiedBins(Span<long> scratch)
    {
        First = scratch[..Most];
        Second = scratch.Slice(Most, Most);
        Bins = MemoryMarshal.AsBytes(scratch.Slice(2 * Most, 256 / sizeof(long)));
    }

    /// <summary>The sums up to each bin; some numbers more can be read and mean nothing.</summary>
    public Span<long> First { get; }

    /// <inheritdoc cref="First"/>
    public Span<long> Second { get; }

    /// <summary>Their numbers, ascending.</summary>
    public Span<byte> Bins { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Reads a histogram.</summary>
    /// <param name="cells">[2 x bins].</param>
    /// <param name="valueBins">How many of the bins, the first ones, hold values.</param>
    /// <param name="scratch">[<see cref="ScratchLength"/>]: memory of the result.</param>
    public static OccupiedBins Of(ReadOnlySpan<long> cells, int valueBins, Span<long> scratch)
    {
        var result = new OccupiedBins(scratch);
        var firsts = result.First;
        var seconds = result.Second;
        var bins = result.Bins;
        var (first, second, count) = (0L, 0L, 0);
        for (var start = 0; start < valueBins; start += Chunk)
        {
            var chunk = cells.Slice(2 * start, 2 * Math.Min(Chunk, valueBins - start));
            for (var mask = Occupied(chunk); mask != 0; mask &= mask - 1)
            {
                var at = BitOperations.TrailingZeroCount(mask);
                first += chunk[at - 1];
                second += chunk[at];
                (firsts[count], seconds[count], bins[count]) = (first, second, (byte)(start + (at >> 1)));
                count++;
            }
        }

        result.Count = count;
        return result;
    }

    private static ulong Occupied(ReadOnlySpan<long> cells)
    {
        ref var cell = ref MemoryMarshal.GetReference(cells);
        var empty = 0UL;
        var i = 0;
        for (; i + Vector512<long>.Count <= cells.Length && Vector512.IsHardwareAccelerated; i += Vector512<long>.Count)
        {
            empty |= Vector512.Equals(Vector512.LoadUnsafe(ref cell, (nuint)i), Vector512<long>.Zero).ExtractMostSignificantBits() << i;
        }

        for (; i + Vector256<long>.Count <= cells.Length; i += Vector256<long>.Count)
        {
            empty |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref cell, (nuint)i), Vector256<long>.Zero).ExtractMostSignificantBits() << i;
        }

        for (; i < cells.Length; i++)
        {
            empty |= cells[i] == 0 ? 1UL << i : 0;
        }

        return ~empty & (SecondHalves >> (2 * Chunk - cells.Length));
    }
}
