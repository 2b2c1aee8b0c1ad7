using TuneLab.Randomness;

namespace TuneLab.Data.Splitting;

/// <summary><c>group</c>: rows of one group are never parted; sizes and class proportions of the folds come as near as whole groups allow.</summary>
internal sealed class GroupSplitter : ISplitter
{
    public string Id => "group";

    public int Version => 1;

    public IReadOnlyList<Fold> Split(TaskTable table, int[] rows, int folds, int repeat, Seed seed)
    {
        Partition.Require(rows, folds);
        var shares = new double[folds];
        Array.Fill(shares, 1.0 / folds);
        return Partition.Folds(rows, GroupDealer.Deal(table, rows, shares, seed.Child(Id).Child(repeat)), folds, repeat);
    }
}
