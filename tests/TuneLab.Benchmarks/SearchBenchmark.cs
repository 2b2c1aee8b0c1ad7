using System.Globalization;

namespace TuneLab.Benchmarks;

/// <summary>
/// What the search costs beside training: the figures of the README, each from whole processes of the command line. Prints medians of several runs and the bound beside each.
/// </summary>
public static class SearchBenchmark
{
    private const int Repeats = 3;

    public static void Run(string[] args, TextWriter output)
    {
        var trials = args.Length > 0 ? args[0] : "200";
        if (SharedTables.Find("adult") is not { } adult || SharedTables.Find("iris") is not { } iris)
        {
            output.WriteLine("The real tables (../shared/data) are not beside this checkout: nothing measured.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            output.WriteLine($"| figure | bound | measured on {Environment.ProcessorCount} cores |");
            output.WriteLine("|---|---|---|");
            Adult(adult, trials, folder, output);
            Finished(iris, folder, output);
            Small(iris, folder, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Adult(string data, string trials, string folder, TextWriter output)
    {
        var file = Write(folder, "adult", data, "income", $"metric: auc\ntrainers: [boosting, forest, linear]\nbudget: {{ trials: {trials} }}\n");
        var run = ToolProcess.Run("run", file, "--json", "--jobs", "2", "--store", Path.Combine(folder, "adult.db"));
        var seconds = run.Json.GetProperty("seconds");
        var (wall, overhead) = (seconds.GetProperty("wall").GetDouble(), seconds.GetProperty("overhead").GetDouble());
        Row(output, $"wall time outside fit and score, adult.csv, {trials} trials, 2 jobs", "under 5 %", $"{100 * overhead / wall:0.0} % of {wall:0} s");
        Row(output, "peak memory of that run", "under 600 MB", $"{run.PeakBytes / 1e6:0} MB");
    }

    private static void Finished(string data, string folder, TextWriter output)
    {
        var file = Write(folder, "finished", data, "species", "trainers: linear\nbudget: { trials: 300 }\n");
        var store = Path.Combine(folder, "finished.db");
        ToolProcess.Run("run", file, "--json", "--store", store);
        var times = Enumerable.Range(0, Repeats + 2).Select(_ => ToolProcess.Run("run", file, "--json", "--store", store)).ToList();
        Row(output, "finished experiment of 300 trials run again, whole process", "under 1.5 s", $"{Median(times.Select(t => t.Seconds)):0.00} s");
    }

    private static void Small(string data, string folder, TextWriter output)
    {
        var rates = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var file = Write(folder, "small" + i.ToString(CultureInfo.InvariantCulture), data, "species",
                "trainers: linear\nvalidate: { folds: 3 }\nseed: " + (i + 1).ToString(CultureInfo.InvariantCulture) + "\nbudget: { trials: 2000 }\nstages:\n  - { name: coarse, sampler: random, trials: 2000 }\n  - { name: confirm, top: 1, repeats: 1 }\n");
            var run = ToolProcess.Run("run", file, "--json", "--store", Path.Combine(folder, "small.db"));
            var coarse = run.Json.GetProperty("stages").EnumerateArray().First(s => s.GetProperty("stage").GetString() == "coarse");
            rates.Add(coarse.GetProperty("trials").GetInt32() / coarse.GetProperty("seconds").GetDouble());
        }

        Row(output, "small trials, iris, linear, 3 folds", "at least 200 trials/s", $"{Median(rates):0} trials/s");
    }

    private static string Write(string folder, string name, string data, string label, string rest)
    {
        var file = Path.Combine(folder, name + ".yaml");
        File.WriteAllText(file, $"name: {name}\ndata: {{ file: '{data}', label: {label} }}\noutput: {{ folder: out-{name} }}\n{rest}");
        return file;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static void Row(TextWriter output, string figure, string bound, FormattableString measured)
        => output.WriteLine($"| {figure} | {bound} | {FormattableString.Invariant(measured)} |");
}
