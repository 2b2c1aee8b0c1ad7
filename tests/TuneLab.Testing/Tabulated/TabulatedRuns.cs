using TuneLab.Space;

namespace TuneLab.Testing.Tabulated;

/// <summary>
/// Runs of one trainer on one split of one table, with their loss curves: a search problem that costs nothing to evaluate. Made by <c>TuneLab.Benchmarks -- tabulated make</c> and kept in the files beside this
/// one. Immutable.
/// </summary>
/// <param name="Table">The table's name in index.json of the shared data.</param>
/// <param name="Fingerprint">Of that table with its split, as in the cache key.</param>
/// <param name="Trainer">The trainer's id and version: <c>boosting/3</c>.</param>
/// <param name="Seed">The seed of the experiment that made them.</param>
/// <param name="Space">What was searched.</param>
/// <param name="Rounds">[checkpoints] at which rounds losses were taken, ascending.</param>
/// <param name="Runs">The configurations, distinct, in the order in which they were drawn.</param>
public sealed record TabulatedRuns(string Table, string Fingerprint, string Trainer, long Seed, SearchSpace Space, IReadOnlyList<int> Rounds, IReadOnlyList<TabulatedRun> Runs)
{
    private const string Extension = ".csv.gz";

    /// <summary>The tables that are kept, by name.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Directory.EnumerateFiles(Folder, "*" + Extension).Select(f => Path.GetFileName(f)[..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The least loss of all.</summary>
    public double Optimum { get; } = Runs.Min(r => r.Loss);

    private static string Folder => RepositoryFile.At("tests/TuneLab.Testing/Tabulated");

    /// <summary>Where a table's runs are kept.</summary>
    public static string FileOf(string table) => Path.Combine(Folder, table + Extension);

    /// <summary>The runs kept of a table.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    public static TabulatedRuns Load(string table)
    {
        using var file = File.OpenRead(FileOf(table));
        return TabulatedFile.Read(file);
    }
}
