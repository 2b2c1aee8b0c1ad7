using TuneLab.Data;

namespace TuneLab.Benchmarks;

/// <summary>A trial of a search that has a score.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Score">The objective, a mean over folds.</param>
/// <param name="Rows">The fraction of rows that it was trained on.</param>
/// <param name="FinishedSeconds">When it ended, since the process began.</param>
internal sealed record SearchedTrial(int Number, double Score, double Rows, double FinishedSeconds);

/// <summary>Reads the <c>trials.csv</c> that a run leaves.</summary>
internal static class TrialsTable
{
    private static readonly string[] Numbers = ["number", "score", "rows", "finished_s"];
    private static readonly string[] Words = ["stage", "status"];

    /// <summary>The completed trials but confirm's, in the order in which they ended.</summary>
    public static IReadOnlyList<SearchedTrial> Searched(string folder)
    {
        var types = Numbers.ToDictionary(n => n, _ => ColumnType.Number);
        Array.ForEach(Words, w => types[w] = ColumnType.Category);
        var table = CsvDatasetReader.Read(Path.Combine(folder, "trials.csv"), new CsvOptions { Types = types });
        double Of(string column, int row) => ((NumberColumn)table[column]).Values[row];
        return [.. Enumerable.Range(0, table.RowCount)
            .Where(r => table["status"].Text(r) == "completed" && table["stage"].Text(r) != "confirm")
            .Select(r => new SearchedTrial((int)Of("number", r), Of("score", r), Of("rows", r), Of("finished_s", r)))
            .OrderBy(t => t.FinishedSeconds)];
    }
}
