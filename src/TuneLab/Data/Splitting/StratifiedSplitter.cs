using System.Runtime.InteropServices;
using TuneLab.Errors;
using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary>
/// <c>stratified</c>: every fold holds its share of each class to within one row, and the folds' sizes differ by at most one row. For regression the classes are ten bins of equal count by
/// rank of the label (fewer when a bin would have fewer rows than there are folds).
/// </summary>
internal sealed class StratifiedSplitter : ISplitter
{
    public string Id => "stratified";

    public int Version => 1;

    public IReadOnlyList<Fold> Split(TaskTable table, int[] rows, int folds, int repeat, Seed seed)
    {
        Partition.Require(rows, folds);
        var members = Strata.Of(table, rows, perBin: folds).Members();
        if (table.Task != LearningTask.Regression)
        {
            RequireEnough(table, members, folds);
        }

        var own = seed.Child(Id).Child(repeat);
        var part = new int[rows.Length];
        var next = 0;
        for (var s = 0; s < members.Length; s++)
        {
            var drawn = CollectionsMarshal.AsSpan(members[s]);
            own.Child(s).Random().Shuffle(drawn);
            foreach (var position in drawn)
            {
                part[position] = next++ % folds; // dealing goes on from class to class, so that no fold gets every odd row
            }
        }

        return Partition.Folds(rows, part, folds, repeat);
    }

    private static void RequireEnough(TaskTable table, List<int>[] members, int folds)
    {
        int[] scarce = [.. Enumerable.Range(0, members.Length).Where(c => members[c].Count > 0 && members[c].Count < folds)];
        if (scarce.Length == 0)
        {
            return;
        }

        var most = scarce.Min(c => members[c].Count);
        var counts = string.Join(", ", scarce.Take(10).Select(c => $"'{table.Classes[c]}' {members[c].Count}")) + (scarce.Length > 10 ? $" and {scarce.Length - 10} more" : "");
        throw new InputException($"Each of the {folds} folds needs a row of every class of '{table.Roles.Label}', and these have fewer rows to train on: {counts}.",
            (most >= 2 ? $"Ask for at most {most} folds (validate.folds), " : "Leave the class with one row out, ") + "bring more rows of them, or set validate.kind to kfold.");
    }
}
