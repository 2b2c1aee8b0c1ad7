namespace TuneLab.Data.Splitting;

/// <summary>
/// The outer folds of nested cross-validation (Varma and Simon 2006). Drawn from the data and their number alone, never from an experiment's seed, as the holdout is; by groups where the experiment splits by groups, along time where it splits by time (the rows are
/// cut into one piece more than there are folds; each piece but the first is left out once, and what is later than it too), else by class, or by chance for a regression.
/// </summary>
public static class OuterFolds
{
    /// <summary>Raised when the same data give other folds than before; part of cache keys.</summary>
    public const int Version = 1;

    /// <summary>Parts all rows; along time without those that are later than the fold.</summary>
    /// <param name="table">Label and groups.</param>
    /// <param name="kind">The splitter's id of the experiment.</param>
    /// <param name="count">How many outer folds.</param>
    /// <param name="outer">Which one is left out, from 1.</param>
    /// <returns>Both ascending.</returns>
    /// <exception cref="Errors.InputException">There are too few rows, groups or times.</exception>
    public static (int[] Training, int[] Holdout) Split(TaskTable table, string kind, int count, int outer)
    {
        var own = kind is "group" or "time" ? kind : table.Task == LearningTask.Regression ? "kfold" : "stratified";
        var fold = SplitterCatalog.Get(own).Split(table, [.. Enumerable.Range(0, table.RowCount)], count, 0, Holdout.SeedOf(table).Child("outer"))[outer - 1];
        return ([.. fold.Train.Order()], [.. fold.Valid.Order()]);
    }
}
