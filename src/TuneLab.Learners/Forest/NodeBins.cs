using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Forest;

/// <summary>Copies the bins of a node's rows together, and lists those that occur.</summary>
internal static class NodeBins
{
    private static readonly Vector256<ulong>[] Bit = [.. Enumerable.Range(0, 256).Select(bin => Vector256<ulong>.Zero.WithElement(bin >> 6, 1UL << (bin & 63)))];

    /// <summary>Copies bins together.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="rows">The node's rows.</param>
    /// <param name="bins">[rows of the node], overwritten.</param>
    public static void Gather(in FeatureView feature, ReadOnlySpan<int> rows, Span<byte> bins)
    {
        ref var code = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(feature.Bytes), feature.At);
        ref var tableRow = ref MemoryMarshal.GetArrayDataReference(feature.Rows);
        ref var binOfCode = ref MemoryMarshal.GetArrayDataReference(feature.BinOfCode);
        nint stride = feature.Stride;
        for (var i = 0; i < rows.Length && i < bins.Length; i++)
        {
            bins[i] = Unsafe.Add(ref binOfCode, Unsafe.Add(ref code, Unsafe.Add(ref tableRow, rows[i]) * stride));
        }
    }

    /// <summary>Copies bins together.</summary>
    /// <returns>A bit for each bin that occurs.</returns>
    public static Vector256<ulong> GatherAndMark(in FeatureView feature, ReadOnlySpan<int> rows, Span<byte> bins)
    {
        Gather(feature, rows, bins);
        ref var bit = ref MemoryMarshal.GetArrayDataReference(Bit);
        var seen = Vector256<ulong>.Zero;
        foreach (var bin in bins)
        {
            seen |= Unsafe.Add(ref bit, bin);
        }

        return seen;
    }

    /// <summary>Lists the bins whose bit is set, ascending.</summary>
    /// <param name="seen">A bit for each bin.</param>
    /// <param name="list">[256], overwritten.</param>
    /// <returns>How many there are.</returns>
    public static int List(Vector256<ulong> seen, Span<byte> list)
    {
        var count = 0;
        for (var word = 0; word < 4; word++)
        {
            for (var left = seen[word]; left != 0; left &= left - 1)
            {
                list[count++] = (byte)(64 * word + BitOperations.TrailingZeroCount(left));
            }
        }

        return count;
    }
}
