using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>Parts a node's rows in two.</summary>
internal static class RowPartition
{
    /// <summary>Puts the rows that go left first, and the others in a buffer; both keep their order.</summary>
    /// <param name="rows">Rows of the sample; those that go left come first, what stands behind them is void.</param>
    /// <param name="buffer">As long: gets those that go right.</param>
    /// <param name="feature">The feature that parts them.</param>
    /// <param name="goesLeft">[256] of 0 or 1 for each code of its column.</param>
    /// <returns>How many go left.</returns>
    public static int Part(Span<int> rows, Span<int> buffer, in FeatureView feature, byte[] goesLeft)
    {
        var (left, right) = (0, 0);
        ref var code = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(feature.Bytes), feature.At);
        ref var tableRow = ref MemoryMarshal.GetArrayDataReference(feature.Rows);
        ref var side = ref MemoryMarshal.GetArrayDataReference(goesLeft);
        ref var to = ref MemoryMarshal.GetReference(rows);
        ref var other = ref MemoryMarshal.GetReference(buffer);
        nint stride = feature.Stride;
        foreach (var row in rows)
        {
            // writes both ways and moves on one: no branch to mispredict
            int isLeft = Unsafe.Add(ref side, Unsafe.Add(ref code, Unsafe.Add(ref tableRow, row) * stride));
            Unsafe.Add(ref to, left) = row;
            Unsafe.Add(ref other, right) = row;
            left += isLeft;
            right += 1 - isLeft;
        }

        return left;
    }
}
