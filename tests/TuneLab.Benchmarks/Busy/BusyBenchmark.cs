using System.Globalization;

namespace TuneLab.Benchmarks.Busy;

/// <summary>How busy a search keeps two cores: the processor time of <c>tunelab run --jobs 2</c> with the embedded trainers, from its second second until its last trial, over what two cores could have given.</summary>
internal static class BusyBenchmark
{
    private const int Jobs = 2;
    private const double FirstSecond = 2;
    private const double Bound = 0.95;

    private static readonly string[] Usual = ["telco_churn", "higgs_7k", "covtype_20k", "california_housing", "wine_quality", "adult"];

    /// <summary>Runs those named, else those of the race; a number is the budget. <value>20 seconds</value></summary>
    /// <exception cref="Errors.InputException">The tables are not there, or not one of that name.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        var (numbers, tables) = TableArguments.Read(args, Usual);
        var seconds = numbers.Count > 0 ? numbers[0] : 20;
        output.WriteLine($"| table | trials | search ended after | processor seconds since second {FirstSecond:0} | share of {Jobs} cores (bound {Bound:0.00}) |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var table in tables)
        {
            Measure(table, seconds, output);
        }
    }

    private static void Measure(string table, int seconds, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            var (data, label) = SharedTables.Get(table);
            var file = Path.Combine(folder, "plan.yaml");
            File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"data: {{ file: '{data}', label: {label} }}\ntrainers: [boosting, forest, linear]\nbudget: {{ time: {seconds}s }}\noutput: {{ folder: out }}\n"));
            var run = ToolProcess.Try("run", file, "--json", "--quiet", "--jobs", Jobs.ToString(CultureInfo.InvariantCulture), "--threads", Jobs.ToString(CultureInfo.InvariantCulture), "--store", Path.Combine(folder, "store.db"));
            if (run.ExitCode != 0)
            {
                output.WriteLine($"| {table} | {run.Json.GetProperty("error").GetProperty("message").GetString()} | | | |");
                return;
            }

            var trials = TrialsTable.Searched(Path.Combine(folder, "out"));
            var end = trials[^1].FinishedSeconds;
            var took = run.Processor.At(end) - run.Processor.At(FirstSecond);
            var share = end > FirstSecond ? took / (Jobs * (end - FirstSecond)) : double.NaN;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {table} | {trials.Count} | {end:0.0} s | {took:0.0} | {share:0.000} |"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
