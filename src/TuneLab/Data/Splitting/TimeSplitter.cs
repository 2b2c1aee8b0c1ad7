using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>
/// <c>time</c>: an expanding window. The rows are cut into one piece more than there are folds, in the order of time and never between equal times; fold i is fitted on the pieces up to i
/// and scored on the one after. Repeat 0 has pieces of equal size; other repeats move each cut by up to 0.4 of a piece, since there is no other way to draw the past again.
/// </summary>
internal sealed class TimeSplitter : ISplitter
{
    private const double Play = 0.4;

    public string Id => "time";

    public int Version => 1;

    public IReadOnlyList<Fold> Split(TaskTable table, int[] rows, int folds, int repeat, Seed seed)
    {
        Partition.Require(rows, folds);
        var timeline = Timeline.Of(table, rows);
        var random = seed.Child(Id).Child(repeat).Random();
        var fractions = new double[folds];
        for (var f = 0; f < folds; f++)
        {
            fractions[f] = (f + 1 + (repeat == 0 ? 0 : (2 * random.NextDouble() - 1) * Play)) / (folds + 1);
        }

        int[] cuts = [.. timeline.Cuts(fractions), rows.Length];
        var result = new Fold[folds];
        for (var f = 0; f < folds; f++)
        {
            result[f] = new Fold(repeat, f, Ascending(timeline.Order[..cuts[f]], rows), Ascending(timeline.Order[cuts[f]..cuts[f + 1]], rows));
        }

        return result;
    }

    private static int[] Ascending(int[] positions, int[] rows)
    {
        var chosen = Array.ConvertAll(positions, p => rows[p]);
        Array.Sort(chosen);
        return chosen;
    }
}
