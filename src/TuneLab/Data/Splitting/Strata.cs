namespace TuneLab.Data.Splitting;

/// <summary>
/// Groups of rows that a split keeps in proportion: the classes, or for regression ten bins of equal count by rank of the label.
/// </summary>
internal sealed class Strata
{
    private const int Bins = 10;

    private Strata(int[] ofRow, int count) => (OfRow, Count) = (ofRow, count);

    /// <summary>[given rows]: the stratum of each, in the order in which they were given.</summary>
    public int[] OfRow { get; }

    /// <summary>How many strata there are; some may have no rows.</summary>
    public int Count { get; }

    /// <param name="table">The label.</param>
    /// <param name="rows">Row indexes; repeats are rows of their own.</param>
    /// <param name="perBin">Regression: the fewest rows that a bin should have.</param>
    public static Strata Of(TaskTable table, int[] rows, int perBin)
    {
        if (table.Task != LearningTask.Regression)
        {
            return new Strata(Array.ConvertAll(rows, r => (int)table.Target[r]), table.Classes.Count);
        }

        var bins = Math.Clamp(rows.Length / Math.Max(1, perBin), 1, Bins);
        var positions = new int[rows.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = i;
        }

        Array.Sort(positions, (a, b) => table.Target[rows[a]].CompareTo(table.Target[rows[b]]) is var order and not 0 ? order : a.CompareTo(b));
        var ofRow = new int[rows.Length];
        for (var rank = 0; rank < positions.Length; rank++)
        {
            ofRow[positions[rank]] = (int)((long)rank * bins / rows.Length);
        }

        return new Strata(ofRow, bins);
    }

    /// <summary>[strata] of positions into the given rows, ascending.</summary>
    public List<int>[] Members()
    {
        var members = new List<int>[Count];
        for (var s = 0; s < Count; s++)
        {
            members[s] = [];
        }

        for (var i = 0; i < OfRow.Length; i++)
        {
            members[OfRow[i]].Add(i);
        }

        return members;
    }
}
