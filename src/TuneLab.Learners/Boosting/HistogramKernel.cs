using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Boosting;

/// <summary>Sums gradient pairs into histogram cells: the inner loop of boosting. Whole numbers, so neither order nor vector width changes a sum.</summary>
internal static class HistogramKernel
{
    /// <summary>Adds rows to the cells of some columns.</summary>
    /// <param name="cells">The histogram; [2 x codes] from each column's offset on.</param>
    /// <param name="pairs">[2 x rows of the sample].</param>
    /// <param name="block">The columns' block.</param>
    /// <param name="rows">Which rows of the sample.</param>
    /// <param name="tableRows">[rows of the sample]: the table's row of each.</param>
    /// <param name="columns">Which columns of the block.</param>
    /// <param name="offsets">[columns]: where each one's cells begin.</param>
    public static void Add(long[] cells, long[] pairs, BinBlock block, ReadOnlySpan<int> rows, int[] tableRows, int[] columns, int[] offsets)
    {
        ref var cell = ref MemoryMarshal.GetArrayDataReference(cells);
        ref var pair = ref MemoryMarshal.GetArrayDataReference(pairs);
        ref var code = ref MemoryMarshal.GetArrayDataReference(block.Bytes);
        ref var tableRow = ref MemoryMarshal.GetArrayDataReference(tableRows);
        ref var column = ref MemoryMarshal.GetArrayDataReference(columns);
        ref var offset = ref MemoryMarshal.GetArrayDataReference(offsets);
        nint stride = block.Width;
        foreach (var row in rows)
        {
            var value = Vector128.LoadUnsafe(ref pair, (nuint)row * 2);
            ref var own = ref Unsafe.Add(ref code, Unsafe.Add(ref tableRow, row) * stride);
            var c = 0;
            for (; c + 1 < columns.Length; c += 2)
            {
                // two columns at a time: their cells never overlap, so the additions don't wait for each other
                ref var a = ref Unsafe.Add(ref cell, Unsafe.Add(ref offset, c) + 2 * Unsafe.Add(ref own, Unsafe.Add(ref column, c)));
                ref var b = ref Unsafe.Add(ref cell, Unsafe.Add(ref offset, c + 1) + 2 * Unsafe.Add(ref own, Unsafe.Add(ref column, c + 1)));
                var sumA = Vector128.LoadUnsafe(ref a) + value;
                var sumB = Vector128.LoadUnsafe(ref b) + value;
                sumA.StoreUnsafe(ref a);
                sumB.StoreUnsafe(ref b);
            }

            if (c < columns.Length)
            {
                ref var a = ref Unsafe.Add(ref cell, Unsafe.Add(ref offset, c) + 2 * Unsafe.Add(ref own, Unsafe.Add(ref column, c)));
                (Vector128.LoadUnsafe(ref a) + value).StoreUnsafe(ref a);
            }
        }
    }

    /// <summary>The same for neighbouring columns: nothing has to be looked up but where their cells are.</summary>
    /// <param name="cells">The histogram.</param>
    /// <param name="pairs">[2 x rows of the sample].</param>
    /// <param name="block">The columns' block.</param>
    /// <param name="rows">Which rows of the sample.</param>
    /// <param name="tableRows">[rows of the sample]: the table's row of each.</param>
    /// <param name="first">The first of the columns.</param>
    /// <param name="offsets">[columns]: where each one's cells begin.</param>
    public static void AddNeighbours(long[] cells, long[] pairs, BinBlock block, ReadOnlySpan<int> rows, int[] tableRows, int first, int[] offsets)
    {
        ref var cell = ref MemoryMarshal.GetArrayDataReference(cells);
        ref var pair = ref MemoryMarshal.GetArrayDataReference(pairs);
        ref var code = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.Bytes), first);
        ref var tableRow = ref MemoryMarshal.GetArrayDataReference(tableRows);
        ref var offset = ref MemoryMarshal.GetArrayDataReference(offsets);
        nint stride = block.Width;
        nint columns = offsets.Length;
        foreach (var row in rows)
        {
            var value = Vector128.LoadUnsafe(ref pair, (nuint)row * 2);
            ref var own = ref Unsafe.Add(ref code, Unsafe.Add(ref tableRow, row) * stride);
            nint c = 0;
            for (; c + 3 < columns; c += 4)
            {
                ref var p = ref Unsafe.Add(ref cell, (nint)(uint)Unsafe.Add(ref offset, c) + 2 * (nint)Unsafe.Add(ref own, c));
                ref var q = ref Unsafe.Add(ref cell, (nint)(uint)Unsafe.Add(ref offset, c + 1) + 2 * (nint)Unsafe.Add(ref own, c + 1));
                ref var r = ref Unsafe.Add(ref cell, (nint)(uint)Unsafe.Add(ref offset, c + 2) + 2 * (nint)Unsafe.Add(ref own, c + 2));
                ref var s = ref Unsafe.Add(ref cell, (nint)(uint)Unsafe.Add(ref offset, c + 3) + 2 * (nint)Unsafe.Add(ref own, c + 3));
                (Vector128.LoadUnsafe(ref p) + value).StoreUnsafe(ref p);
                (Vector128.LoadUnsafe(ref q) + value).StoreUnsafe(ref q);
                (Vector128.LoadUnsafe(ref r) + value).StoreUnsafe(ref r);
                (Vector128.LoadUnsafe(ref s) + value).StoreUnsafe(ref s);
            }

            for (; c < columns; c++)
            {
                ref var p = ref Unsafe.Add(ref cell, (nint)(uint)Unsafe.Add(ref offset, c) + 2 * (nint)Unsafe.Add(ref own, c));
                (Vector128.LoadUnsafe(ref p) + value).StoreUnsafe(ref p);
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
