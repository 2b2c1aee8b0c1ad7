using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Errors;
using TuneLab.Experiments;

namespace TuneLab.Analysis.Findings;

/// <summary>How the rows of a table are going to be parted.</summary>
/// <param name="Kind">The splitter's id.</param>
/// <param name="Folds">Folds per repeat.</param>
/// <param name="Training">Rows that are searched on, ascending.</param>
/// <param name="Holdout">Rows set aside, ascending; empty when there are none.</param>
public sealed record PlannedSplit(string Kind, int Folds, int[] Training, int[] Holdout)
{
    /// <summary>Whether rows are dealt out without regard to time or group, so that like rows come to stand on both sides.</summary>
    public bool IsRandom => Kind is not ("time" or "group");

    /// <summary>What a plan has that says nothing of it; without a holdout where the table can't give one.</summary>
    public static PlannedSplit Default(TaskTable table)
    {
        var (kind, plan) = (SplitterCatalog.DefaultFor(table), new ValidationPlan());
        try
        {
            var (training, holdout) = Data.Splitting.Holdout.Split(table, kind, plan.Holdout);
            return new PlannedSplit(kind, plan.Folds, training, holdout);
        }
        catch (InputException)
        {
            return new PlannedSplit(kind, plan.Folds, [.. Enumerable.Range(0, table.RowCount)], []);
        }
    }
}
