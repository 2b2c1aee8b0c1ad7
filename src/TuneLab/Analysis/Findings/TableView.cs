using TuneLab.Data;

namespace TuneLab.Analysis.Findings;

/// <summary>What checks look at.</summary>
/// <param name="Table">The table with its roles.</param>
/// <param name="Split">How it is going to be parted.</param>
/// <param name="Profile">Its columns, with their relations to the label.</param>
internal sealed record TableView(TaskTable Table, PlannedSplit Split, DatasetProfile Profile)
{
    private readonly HashSet<string> _features = [.. Table.Features.Select(f => f.Name)];

    /// <summary>The profiles of the features, in the order of the file.</summary>
    public IEnumerable<ColumnProfile> Features => Profile.Columns.Where(c => _features.Contains(c.Name));

    /// <summary>Whether a column is a feature.</summary>
    public bool IsFeature(string column) => _features.Contains(column);
}
