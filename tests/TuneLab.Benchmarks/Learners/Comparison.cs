namespace TuneLab.Benchmarks.Learners;

/// <summary>Learners of the same hyperparameters that are compared on some tables.</summary>
/// <param name="Name">What it is called in reports and in the log.</param>
/// <param name="Stages">The numbers of rounds that are scored.</param>
/// <param name="Entrants">Ours first; each with its tables, which differ in how columns became features and in nothing else.</param>
internal sealed record Comparison(string Name, IReadOnlyList<int> Stages, IReadOnlyList<(ILearner Side, IReadOnlyList<BenchTable> Tables)> Entrants)
{
    /// <summary>The part of a table's name that all entrants share.</summary>
    public static string TableName(BenchTable table) => table.Name.Split(':')[0];
}
