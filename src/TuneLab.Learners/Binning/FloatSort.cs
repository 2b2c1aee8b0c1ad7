using System.Buffers;
using System.Runtime.InteropServices;

namespace TuneLab.Learners.Binning;

/// <summary>Sorts numbers without NaN. Radix sort, three passes of 11 bits, for long spans: linear where comparing would take n log n.</summary>
internal static class FloatSort
{
    private const int Radix = 1 << 11;

    public static void Sort(Span<float> values)
    {
        if (values.Length < 2000)
        {
            values.Sort();
            return;
        }

        var from = MemoryMarshal.Cast<float, uint>(values);
        var rented = ArrayPool<int>.Shared.Rent(values.Length); // of the kind that NumericBins rents next: one array less stays in memory
        var to = MemoryMarshal.Cast<int, uint>(rented.AsSpan(0, values.Length));
        Span<int> counts = stackalloc int[3 * Radix];
        counts.Clear();
        foreach (ref var key in from)
        {
            key ^= (uint)((int)key >> 31) | 0x80000000u; // order of the bits = order of the numbers
            counts[(int)(key & (Radix - 1))]++;
            counts[Radix + (int)((key >> 11) & (Radix - 1))]++;
            counts[2 * Radix + (int)(key >> 22)]++;
        }

        var original = from;
        for (var pass = 0; pass < 3; pass++)
        {
            var starts = counts.Slice(pass * Radix, Radix);
            var sum = 0;
            foreach (ref var start in starts)
            {
                (start, sum) = (sum, sum + start);
            }

            var shift = 11 * pass;
            foreach (var key in from)
            {
                to[starts[(int)((key >> shift) & (Radix - 1))]++] = key;
            }

            var swap = from;
            from = to;
            to = swap;
        }

        for (var i = 0; i < from.Length; i++)
        {
            var key = from[i];
            original[i] = key ^ ((key >> 31) - 1 | 0x80000000u);
        }

        ArrayPool<int>.Shared.Return(rented);
    }
}
