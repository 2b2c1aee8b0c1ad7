namespace TuneLab.Data;

/// <summary>What a look at every value of a dataset tells.</summary>
/// <param name="Source">Where the data came from.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">In the order of the file.</param>
public sealed record DatasetProfile(string Source, int Rows, IReadOnlyList<ColumnProfile> Columns);
