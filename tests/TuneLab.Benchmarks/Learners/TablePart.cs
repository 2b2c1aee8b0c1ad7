using TuneLab.Data.Splitting;
using TuneLab.Randomness;

namespace TuneLab.Benchmarks.Learners;

/// <summary>A table and one partition of its rows.</summary>
/// <param name="Table">The table.</param>
/// <param name="Train">The rows to fit on, ascending.</param>
/// <param name="Valid">The rows to predict, ascending.</param>
/// <param name="Number">Which partition of the table it is, from 0.</param>
internal sealed record TablePart(BenchTable Table, int[] Train, int[] Valid, int Number)
{
    /// <summary>The parts of five-fold cross-validation, repeat after repeat, lazily; stratified, so that every class is in every part.</summary>
    /// <param name="table">The table.</param>
    /// <param name="repeats">How many times five.</param>
    public static IEnumerable<TablePart> Of(BenchTable table, int repeats)
    {
        const int folds = 5;
        int[] rows = [.. Enumerable.Range(0, table.Rows)];
        return Enumerable.Range(0, repeats)
            .SelectMany(repeat => SplitterCatalog.Get("stratified").Split(table.Source, rows, folds, repeat, new Seed(1)))
            .Select(f => new TablePart(table, f.Train, f.Valid, f.Repeat * folds + f.Index));
    }
}
