using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>What a look at a table tells before anything is trained. Immutable.</summary>
/// <param name="Profile">Its columns, with their relations to the label over all rows that have one; they describe, nothing is chosen by them.</param>
/// <param name="Findings">What its owner should know, errors first; empty when there is nothing.</param>
public sealed record TableLook(DatasetProfile Profile, IReadOnlyList<Finding> Findings)
{
    /// <summary>Looks a table over: a pure function of its arguments.</summary>
    /// <param name="table">The table with its roles.</param>
    /// <param name="split">How it is going to be parted.</param>
    /// <param name="data">What is profiled. <value>Null: the table's rows, those with a label.</value></param>
    public static TableLook Of(TaskTable table, PlannedSplit split, Dataset? data = null)
    {
        var profile = DatasetProfiler.Profile(data ?? table.Data, table);
        return new TableLook(profile, TableFindings.Of(table, split, profile));
    }
}
