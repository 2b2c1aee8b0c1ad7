using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>Nested samples of rows for trials at low fidelity.</summary>
public static class RowSample
{
    /// <summary>Raised when the same arguments draw another sample than before; part of cache keys.</summary>
    public const int Version = 1;

    /// <summary>
    /// A random sample that holds the fraction of each class to within one row, and at least one row of each class that is there (regression: the same with ten bins by rank
    /// of the label). For the same table, rows and seed a smaller sample lies inside a larger one, whatever the fractions. Depends on the label alone.
    /// </summary>
    /// <param name="table">The label.</param>
    /// <param name="rows">Rows to draw from, ascending; repeats (a bootstrap draw) are rows of their own.</param>
    /// <param name="fraction">In (0, 1]; at 1 <paramref name="rows"/> itself is returned.</param>
    /// <param name="seed">The seed for samples; the same for every fraction that is to nest.</param>
    /// <returns>Some of <paramref name="rows"/>, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1].</exception>
    public static int[] Take(TaskTable table, int[] rows, double fraction, Seed seed)
    {
        if (fraction is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A sample takes a fraction above 0, up to 1.");
        }

        if (fraction == 1)
        {
            return rows;
        }

        var order = StratifiedOrder.Of(table, rows, seed.Child("sample"));
        return [.. rows.Where((_, i) => order.Places[i] < fraction || order.First[i])];
    }
}
