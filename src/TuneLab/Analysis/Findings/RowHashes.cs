using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Analysis.Findings;

/// <summary>A number of 64 bits per row that is equal where all features are. The sum of its cells', so that a column can be taken out again.</summary>
internal sealed class RowHashes
{
    private const ulong Missing = 0x9E3779B97F4A7C15;

    /// <param name="features">The columns to compare.</param>
    public RowHashes(IReadOnlyList<Column> features)
    {
        Features = features;
        Rows = new ulong[features[0].Count];
        for (var i = 0; i < features.Count; i++)
        {
            var cells = Cells(i);
            for (var row = 0; row < cells.Length; row++)
            {
                Rows[row] += cells[row];
            }
        }
    }

    /// <summary>The columns compared.</summary>
    public IReadOnlyList<Column> Features { get; }

    /// <summary>[rows].</summary>
    public ulong[] Rows { get; }

    /// <summary>[rows]: of one feature's cells.</summary>
    public ulong[] Cells(int feature)
    {
        var salt = Seed.Mix((ulong)feature + 1);
        var cells = new ulong[Rows.Length];
        switch (Features[feature])
        {
            case NumberColumn numbers:
                Fill(cells, salt, row => double.IsNaN(numbers.Values[row]) ? Missing : BitConverter.DoubleToUInt64Bits(numbers.Values[row] + 0.0)); // no minus zero
                break;
            case CategoryColumn categories:
                Fill(cells, salt, row => categories.Codes[row] < 0 ? Missing : (ulong)categories.Codes[row]);
                break;
            case DateColumn dates:
                Fill(cells, salt, row => dates.Ticks[row] == DateColumn.Missing ? Missing : (ulong)dates.Ticks[row]);
                break;
            default:
                var (codes, _) = ColumnCodes.Of(Features[feature]);
                Fill(cells, salt, row => codes[row] < 0 ? Missing : (ulong)codes[row]);
                break;
        }

        return cells;
    }

    /// <summary>Pairs of rows with equal numbers.</summary>
    public static double Pairs(ulong[] hashes)
    {
        ulong[] sorted = [.. hashes];
        Array.Sort(sorted);
        var pairs = 0.0;
        for (var begin = 0; begin < sorted.Length;)
        {
            var end = begin + 1;
            while (end < sorted.Length && sorted[end] == sorted[begin])
            {
                end++;
            }

            pairs += (end - begin) * (end - begin - 1.0) / 2;
            begin = end;
        }

        return pairs;
    }

    private static void Fill(ulong[] cells, ulong salt, Func<int, ulong> value)
    {
        for (var row = 0; row < cells.Length; row++)
        {
            cells[row] = Seed.Mix(salt ^ Seed.Mix(value(row) + salt));
        }
    }
}
