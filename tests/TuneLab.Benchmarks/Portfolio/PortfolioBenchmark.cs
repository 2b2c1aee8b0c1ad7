using System.Globalization;
using TuneLab.Benchmarks.Learners;
using TuneLab.Benchmarks.Tabulated;
using TuneLab.Errors;
using TuneLab.Testing;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>
/// The configurations that open the coarse search of large tables: <c>make TRAINER TABLE...</c> trains the same random ones on every table, <c>choose TRAINER N</c> writes the file that the trainer is built with, and without either what they bring is
/// printed, each table left out once.
/// </summary>
internal static class PortfolioBenchmark
{
    private const int Configurations = 100;

    // the shared tables of 5,000 rows and more
    private static readonly string[] Real = ["wine_quality", "telco_churn", "higgs_7k", "lgbm_multiclass", "bike_sharing", "california_housing", "adult", "covtype_20k"];

    private static string Folder => RepositoryFile.At("tests/TuneLab.Benchmarks/Portfolio/Runs");

    /// <summary>Does what is asked.</summary>
    /// <exception cref="InputException">It is not known.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        switch (args)
        {
            case ["make", var trainer, .. var tables]:
                Make(trainer, tables.Length > 0 ? tables : [.. GeneratedTables.Names, .. Real], output);
                break;
            case ["choose", var trainer, var count]:
                StartsFile.Write(trainer, LeaveOneOut.Choose(Load(trainer), int.Parse(count, CultureInfo.InvariantCulture)));
                break;
            case []:
                LeaveOneOut.Print("boosting", Load("boosting"), output);
                break;
            case [var trainer]:
                LeaveOneOut.Print(trainer, Load(trainer), output);
                break;
            default:
                throw new InputException("That can't be read.", "One of: portfolio [TRAINER], portfolio make TRAINER [TABLE ...], portfolio choose TRAINER COUNT.");
        }
    }

    private static void Make(string trainer, IReadOnlyList<string> tables, TextWriter output)
    {
        output.WriteLine("| trainer | table | mean fit, seconds |");
        output.WriteLine("|---|---|---|");
        foreach (var name in tables)
        {
            var table = GeneratedTables.Names.Contains(name) ? GeneratedTables.Get(name) : BenchTables.Read([name])[0];
            var (runs, fit) = TabulatedMaker.Make(table, trainer, Configurations);
            Directory.CreateDirectory(Folder);
            using var file = File.Create(Path.Combine(Folder, $"{trainer}-{name}.csv.gz"));
            TabulatedFile.Write(runs, file);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {trainer} | {name} | {fit:0.000} |"));
        }
    }

    private static IReadOnlyList<TabulatedRuns> Load(string trainer)
        => [.. Directory.EnumerateFiles(Folder, trainer + "-*.csv.gz").Order(StringComparer.Ordinal).Select(Read)];

    private static TabulatedRuns Read(string path)
    {
        using var file = File.OpenRead(path);
        return TabulatedFile.Read(file);
    }
}
