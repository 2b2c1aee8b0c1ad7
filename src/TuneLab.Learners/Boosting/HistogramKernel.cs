using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TuneLab.Learners.Boosting;

/// <summary>Sums gradient pairs into histogram cells: the inner loop of boosting. Whole numbers, so neither order nor vector width changes a sum.</summary>
internal static class HistogramKernel
{
    /// <summary>Adds rows to the cells of some features.</summary>
    /// <param name="cells">The histogram; [2 x bins] from each feature's offset on.</param>
    /// <param name="pairs">[2 x rows].</param>
    /// <param name="rowMajor">[rows x <paramref name="stride"/>]: bins.</param>
    /// <param name="stride">Features per row.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="features">Which features.</param>
    /// <param name="offsets">[features of <paramref name="features"/>]: where each one's cells begin.</param>
    public static void Add(long[] cells, long[] pairs, byte[] rowMajor, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<int> features, ReadOnlySpan<int> offsets)
    {
        ref var cell = ref MemoryMarshal.GetArrayDataReference(cells);
        ref var pair = ref MemoryMarshal.GetArrayDataReference(pairs);
        ref var bin = ref MemoryMarshal.GetArrayDataReference(rowMajor);
        ref var feature = ref MemoryMarshal.GetReference(features);
        ref var offset = ref MemoryMarshal.GetReference(offsets);
        foreach (var row in rows)
        {
            var value = Vector128.LoadUnsafe(ref pair, (nuint)row * 2);
            ref var own = ref Unsafe.Add(ref bin, (nint)row * stride);
            var f = 0;
            for (; f + 1 < features.Length; f += 2)
            {
                // two features at a time: their cells never overlap, so the additions don't wait for each other
                ref var a = ref Unsafe.Add(ref cell, Unsafe.Add(ref offset, f) + 2 * Unsafe.Add(ref own, Unsafe.Add(ref feature, f)));
                ref var b = ref Unsafe.Add(ref cell, Unsafe.Add(ref offset, f + 1) + 2 * Unsafe.Add(ref own, Unsafe.Add(ref feature, f + 1)));
                var sumA = Vector128.LoadUnsafe(ref a) + value;
                var sumB = Vector128.LoadUnsafe(ref b) + value;
                sumA.StoreUnsafe(ref a);
                sumB.StoreUnsafe(ref b);
            }

            if (f < features.Length)
            {
                ref var a = ref Unsafe.Add(ref cell, Unsafe.Add(ref offset, f) + 2 * Unsafe.Add(ref own, Unsafe.Add(ref feature, f)));
                (Vector128.LoadUnsafe(ref a) + value).StoreUnsafe(ref a);
            }
        }
    }

    /// <summary>Turns a parent's cells into those of the child that is left when the other one's are taken away.</summary>
    public static void Subtract(Span<long> cells, ReadOnlySpan<long> other)
    {
        var i = 0;
        for (; i + Vector256<long>.Count <= cells.Length; i += Vector256<long>.Count)
        {
            (Vector256.Create<long>(cells[i..]) - Vector256.Create(other[i..])).CopyTo(cells[i..]);
        }

        for (; i < cells.Length; i++)
        {
            cells[i] -= other[i];
        }
    }
}
