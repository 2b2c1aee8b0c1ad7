using System.Runtime.InteropServices;
using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>
/// Gives every row a place in (0, 1) such that the rows placed below any fraction f are a random sample that holds f of each stratum, to within one row. Samples of
/// growing fractions therefore lie inside each other.
/// </summary>
/// <remarks>
/// The row drawn r-th of a stratum of n rows stands at (r + u) / n. The offsets u are spread evenly over the strata, so that rounding does not favour one
/// side when strata are many and small.
/// </remarks>
internal sealed class StratifiedOrder
{
    private StratifiedOrder(double[] places, bool[] first, bool[] last) => (Places, First, Last) = (places, first, last);

    /// <summary>[given rows]: the place of each.</summary>
    public double[] Places { get; }

    /// <summary>[given rows]: whether it has the lowest place of its stratum.</summary>
    public bool[] First { get; }

    /// <summary>[given rows]: whether it has the highest place of its stratum.</summary>
    public bool[] Last { get; }

    public static StratifiedOrder Of(TaskTable table, int[] rows, Seed seed)
    {
        var strata = Strata.Of(table, rows, perBin: 2);
        var (places, first, last) = (new double[rows.Length], new bool[rows.Length], new bool[rows.Length]);
        int[] turns = [.. Enumerable.Range(0, strata.Count)];
        seed.Child("offsets").Random().Shuffle<int>(turns);
        var members = strata.Members();
        for (var s = 0; s < members.Length; s++)
        {
            var drawn = CollectionsMarshal.AsSpan(members[s]);
            if (drawn.Length == 0)
            {
                continue;
            }

            seed.Child("stratum").Child(s).Random().Shuffle(drawn);
            var offset = (turns[s] + 0.5) / strata.Count;
            for (var r = 0; r < drawn.Length; r++)
            {
                places[drawn[r]] = (r + offset) / drawn.Length;
            }

            (first[drawn[0]], last[drawn[^1]]) = (true, true);
        }

        return new StratifiedOrder(places, first, last);
    }
}
