using TuneLab.Errors;

namespace TuneLab.Data.Splitting;

/// <summary>Rows in the order of time, and where they may be cut: never between equal times.</summary>
internal sealed class Timeline
{
    private readonly string? _column;
    private readonly List<int> _starts; // in Order, of each distinct time but the first

    private Timeline(string? column, int[] order, List<int> starts) => (_column, Order, _starts) = (column, order, starts);

    /// <summary>Positions into the given rows, by rising time.</summary>
    public int[] Order { get; }

    /// <exception cref="InputException">No time column is named.</exception>
    public static Timeline Of(TaskTable table, int[] rows)
    {
        var times = table.Times ?? throw new InputException("Rows can't be split by time: no time column is named.", "Name it as data.time, or choose another validate.kind.");
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(i => times[rows[i]])];
        var starts = new List<int>();
        for (var i = 1; i < order.Length; i++)
        {
            if (!times[rows[order[i]]].Equals(times[rows[order[i - 1]]]))
            {
                starts.Add(i);
            }
        }

        return new Timeline(table.Roles.Time, order, starts);
    }

    /// <summary>Cuts <see cref="Order"/> into pieces that are not empty.</summary>
    /// <param name="fractions">Where each cut would best lie, ascending in (0, 1).</param>
    /// <returns>[cuts]: the index at which a new piece begins, rising.</returns>
    /// <exception cref="InputException">There are too few different times.</exception>
    public int[] Cuts(double[] fractions)
    {
        if (_starts.Count < fractions.Length)
        {
            throw new InputException($"Column '{_column}' has {(Order.Length == 0 ? 0 : _starts.Count + 1)} different times in {Order.Length} rows, fewer than the {fractions.Length + 1} pieces to cut them into.",
                _starts.Count < 2 ? "A split by time needs three different times at least; choose another validate.kind." : $"Ask for at most {_starts.Count} folds (validate.folds).");
        }

        var cuts = new int[fractions.Length];
        var next = 0;
        for (var c = 0; c < cuts.Length; c++)
        {
            // the nearest boundary that leaves one to each cut still to come
            var last = _starts.Count - (cuts.Length - c);
            var wanted = fractions[c] * Order.Length;
            while (next < last && Math.Abs(_starts[next + 1] - wanted) <= Math.Abs(_starts[next] - wanted))
            {
                next++;
            }

            cuts[c] = _starts[next++];
        }

        return cuts;
    }
}
