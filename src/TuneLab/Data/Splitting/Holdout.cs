using TuneLab.Errors;
using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>
/// Sets rows aside before anything is searched. Drawn from the data and the fraction alone, never from an experiment's seed, so that no later experiment on the same data
/// has trained on them.
/// </summary>
public static class Holdout
{
    /// <summary>Raised when the same data give another holdout than before; part of cache keys.</summary>
    public const int Version = 1;

    /// <summary>
    /// Parts all rows. Stratified by class (regression: by ten bins of the label), each class to within one row, and every class keeps a row to train on; <c>group</c>: whole groups, class proportions as near as
    /// they allow; <c>time</c>: the latest rows, equal times together. Except for <c>group</c> and <c>time</c> a smaller holdout lies inside a larger one.
    /// </summary>
    /// <param name="table">Label, groups and times.</param>
    /// <param name="kind">The splitter's id.</param>
    /// <param name="fraction">In [0, 1); 0: no holdout.</param>
    /// <returns>Both ascending.</returns>
    /// <exception cref="InputException">The fraction is out of range, too few rows, groups or times to part, or the kind's column is not named.</exception>
    public static (int[] Training, int[] Holdout) Split(TaskTable table, string kind, double fraction)
    {
        if (fraction is not (>= 0 and < 1))
        {
            throw new InputException($"validate.holdout is {fraction.ToString("R", CultureInfo.InvariantCulture)}; it is a fraction of the rows, at least 0 and below 1.", "0.2 sets a fifth of the rows aside, 0 sets none aside.");
        }

        int[] rows = [.. Enumerable.Range(0, table.RowCount)];
        if (fraction == 0)
        {
            return (rows, []);
        }

        var held = kind switch
        {
            "time" => Latest(table, rows, fraction),
            "group" => WholeGroups(table, rows, fraction),
            _ => Stratified(table, rows, fraction),
        };
        (int[] training, int[] holdout) = ([.. rows.Where(r => !held[r])], [.. rows.Where(r => held[r])]);
        return training.Length > 0 && holdout.Length > 0
            ? (training, holdout)
            : throw new InputException($"A holdout of {fraction.ToString("R", CultureInfo.InvariantCulture)} can't be taken from {rows.Length} rows: {training.Length} would be left to train on and {holdout.Length} set aside.", "Set validate.holdout to 0, or bring more rows.");
    }

    private static bool[] Stratified(TaskTable table, int[] rows, double fraction)
    {
        var order = StratifiedOrder.Of(table, rows, SeedOf(table));
        return [.. rows.Select(i => order.Places[i] < fraction && !order.Last[i])];
    }

    private static bool[] WholeGroups(TaskTable table, int[] rows, double fraction)
    {
        var part = GroupDealer.Deal(table, rows, [1 - fraction, fraction], SeedOf(table));
        return [.. part.Select(p => p == 1)];
    }

    private static bool[] Latest(TaskTable table, int[] rows, double fraction)
    {
        var timeline = Timeline.Of(table, rows);
        var cut = timeline.Cuts([1 - fraction])[0];
        var held = new bool[rows.Length];
        foreach (var position in timeline.Order.AsSpan(cut))
        {
            held[position] = true;
        }

        return held;
    }

    /// <summary>A seed of the labels alone.</summary>
    internal static Seed SeedOf(TaskTable table)
    {
        var hash = 0UL;
        foreach (var value in table.Target)
        {
            hash = Seed.Mix(hash * 31 + BitConverter.DoubleToUInt64Bits(value));
        }

        return new Seed(hash).Child("holdout").Child(table.RowCount);
    }
}
