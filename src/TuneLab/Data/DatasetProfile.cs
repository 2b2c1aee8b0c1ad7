namespace TuneLab.Data;

/// <summary>What a look at every value of a dataset tells.</summary>
/// <param name="Source">Where the data came from.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">In the order of the file.</param>
public sealed record DatasetProfile(string Source, int Rows, IReadOnlyList<ColumnProfile> Columns)
{
    /// <summary>What is known of the label. <value>Null: none is named.</value></summary>
    public LabelSummary? Label { get; init; }

    /// <summary>The columns that go together with the label the most first, those with nothing to tell last, equal ones in the order of the file; without a label that order.</summary>
    public IReadOnlyList<ColumnProfile> ByStrength() => [.. Columns.OrderByDescending(c => c.Relation?.Strength ?? (c.Name == Label?.Name ? 2 : -1))];
}
