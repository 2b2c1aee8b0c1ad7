using System.Globalization;
using TuneLab.Benchmarks.Learners;
using TuneLab.Benchmarks.Tabulated;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Testing;
using TuneLab.Testing.Tabulated;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>
/// The configurations that open the coarse search of large tables: <c>make TRAINER [ROWS] [TABLE ...]</c> trains the same random ones on every table, <c>choose TRAINER N</c> writes the file that the trainer is built with, and
/// <c>TRAINER N [ROWS]</c> trains what would be chosen without each table on that table. With ROWS trials have at most about so many training rows, as those of a coarse stage on a sample, so that dear trainers end.
/// </summary>
internal static class PortfolioBenchmark
{
    private const int Configurations = 100;

    // made ones, and the shared tables of 5,000 rows and more
    private static readonly string[] Usual = [.. GeneratedTables.Names, "wine_quality", "telco_churn", "higgs_7k", "bike_sharing", "california_housing", "adult", "lgbm_multiclass", "covtype_20k"];

    private static string Folder => RepositoryFile.At("tests/TuneLab.Benchmarks/Portfolio/Runs");

    /// <summary>Does what is asked.</summary>
    /// <exception cref="InputException">It is not known.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        switch (args)
        {
            case ["make", var trainer, .. var others]:
                var (rows, tables) = TableArguments.Read(others, Usual);
                Make(trainer, tables, rows.Count > 0 ? rows[0] : null, output);
                break;
            case ["choose", var trainer, var count]:
                StartsFile.Write(Trainer(trainer).Info, PortfolioChoice.Of(Load(trainer), Number(count)));
                break;
            case [var trainer, var count, .. var others]:
                LeaveOneOut(trainer, Number(count), TableArguments.Read(others, []).Numbers is [var most, ..] ? most : null, output);
                break;
            default:
                throw new InputException("That can't be read.", "One of: portfolio TRAINER COUNT [ROWS], portfolio make TRAINER [ROWS] [TABLE ...], portfolio choose TRAINER COUNT.");
        }
    }

    private static void Make(string trainer, IReadOnlyList<string> tables, int? rows, TextWriter output)
    {
        output.WriteLine("| trainer | table | mean fit, seconds |");
        output.WriteLine("|---|---|---|");
        foreach (var name in tables)
        {
            var table = Table(name);
            if (!Trainer(trainer).Info.Tasks.Contains(table.Task))
            {
                continue;
            }

            var (runs, fit) = TabulatedMaker.Make(table, new TrainerCatalog([Trainer(trainer)]), trainer, Sampled(TabulatedMaker.Random(Configurations), table, rows));
            Directory.CreateDirectory(Folder);
            using var file = File.Create(Path.Combine(Folder, $"{trainer}-{name}.csv.gz"));
            TabulatedFile.Write(runs, file);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {trainer} | {name} | {fit:0.000} |"));
        }
    }

    // the place that the best of so many has among a table's runs; 0: at the top
    private static void LeaveOneOut(string trainer, int count, int? rows, TextWriter output)
    {
        var tables = Load(trainer);
        var bests = new List<double[]>();
        output.WriteLine($"| {trainer}, the best of | " + string.Join(" | ", Enumerable.Range(1, count)) + " |");
        output.WriteLine("|---" + string.Concat(Enumerable.Repeat("|---", count)) + "|");
        foreach (var runs in tables)
        {
            var (table, starts) = (Table(runs.Table), PortfolioChoice.Of([.. tables.Where(t => t != runs)], count));
            var tried = TabulatedMaker.Make(table, new([new StartingTrainer(Trainer(trainer), starts)]), trainer, Sampled(TabulatedMaker.Starts(count), table, rows)).Runs;
            double[] losses = [.. runs.Runs.Select(r => r.Loss)];
            double[] best = [.. Enumerable.Range(1, count).Select(n => (losses.Count(l => l < tried.Runs.Take(n).Min(r => r.Loss)) + 0.5) / (losses.Length + 1))];
            bests.Add(best);
            Row(runs.Table, best, output);
        }

        Row("mean", [.. Enumerable.Range(0, count).Select(n => bests.Average(b => b[n]))], output);
        Row("mean at random", [.. Enumerable.Range(1, count).Select(n => 1.0 / (n + 1))], output);
    }

    private static void Row(string name, double[] places, TextWriter output)
        => output.WriteLine($"| {name} | " + string.Join(" | ", places.Select(p => p.ToString("0.000", CultureInfo.InvariantCulture))) + " |");

    // four fifths of the rows are trained on
    private static StagePlan Sampled(StagePlan stage, BenchTable table, int? rows) => stage with { Rows = Math.Min(1, rows / (0.8 * table.Rows) ?? 1) };

    private static int Number(string text)
        => int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 12 ? number : throw new InputException($"'{text}' is no number from 1 to 12.", "For example: portfolio boosting 4.");

    private static ITrainer Trainer(string id) => EngineCatalog.Create()[id];

    private static BenchTable Table(string name) => GeneratedTables.Names.Contains(name) ? GeneratedTables.Get(name) : BenchTables.Read([name])[0];

    private static IReadOnlyList<TabulatedRuns> Load(string trainer)
    {
        TabulatedRuns[] runs = [.. Directory.EnumerateFiles(Folder, trainer + "-*.csv.gz").Order(StringComparer.Ordinal).Select(Read)];
        return runs.Length > 1 ? runs : throw new InputException($"There are no runs of '{trainer}' on two tables or more.", $"Make them: portfolio make {trainer}.");
    }

    private static TabulatedRuns Read(string path)
    {
        using var file = File.OpenRead(path);
        return TabulatedFile.Read(file);
    }
}
