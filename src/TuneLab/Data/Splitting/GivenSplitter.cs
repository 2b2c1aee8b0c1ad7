using TuneLab.Errors;
using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary><c>given</c>: one fold, as a column of the table says; the same in every repeat.</summary>
internal sealed class GivenSplitter : ISplitter
{
    public string Id => "given";

    public int Version => 1;

    public IReadOnlyList<Fold> Split(TaskTable table, int[] rows, int folds, int repeat, Seed seed)
    {
        var valid = table.GivenValid ?? throw new InputException("validate.kind is given, but no column says which rows are which.", "Name it as validate.column; its values say train or valid.");
        var fold = new Fold(repeat, 0, [.. rows.Where(r => !valid[r])], [.. rows.Where(r => valid[r])]);
        return fold.Train.Length > 0 && fold.Valid.Length > 0
            ? [fold]
            : throw new InputException($"Column '{table.Roles.Split}' gives {fold.Train.Length} rows to train on and {fold.Valid.Length} to score on; both are needed.", "Its values say train or valid.");
    }
}
