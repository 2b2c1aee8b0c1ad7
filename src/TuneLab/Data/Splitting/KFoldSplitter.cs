using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary><c>kfold</c>: rows in random order, dealt to the folds in turn; the label plays no part.</summary>
internal sealed class KFoldSplitter : ISplitter
{
    public string Id => "kfold";

    public int Version => 1;

    public IReadOnlyList<Fold> Split(TaskTable table, int[] rows, int folds, int repeat, Seed seed)
    {
        Partition.Require(rows, folds);
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        seed.Child(Id).Child(repeat).Random().Shuffle<int>(order);
        var part = new int[rows.Length];
        for (var i = 0; i < order.Length; i++)
        {
            part[order[i]] = i % folds;
        }

        return Partition.Folds(rows, part, folds, repeat);
    }
}
