using System.Globalization;

namespace TuneLab.Benchmarks.Hosting;

/// <summary>The same search in process and in hosts, from whole processes of the command line, one job.</summary>
internal static class TrialCost
{
    private const int Repeats = 3;

    public static void Print(string what, string data, string label, string plan, int trials, string folder, TextWriter output, double rows = 1)
    {
        var runs = new List<(double InProcess, double Hosted)>();
        for (var repeat = 1; repeat <= Repeats; repeat++)
        {
            var file = Path.Combine(folder, "plan.yaml");
            File.WriteAllText(
                file,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"data: {{ file: '{data}', label: {label} }}\n{plan}\nseed: {repeat}\nvalidate: {{ folds: 3 }}\noutput: {{ folder: out }}\nstages:\n  - {{ name: coarse, sampler: random, trials: {trials}, rows: {rows} }}\n  - {{ name: confirm, top: 1, repeats: 1 }}\n"));
            runs.Add((PerTrial(file, folder, "false"), PerTrial(file, folder, "true")));
        }

        var (alone, hosted) = (Figures.Median(runs.Select(r => r.InProcess)), Figures.Median(runs.Select(r => r.Hosted)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| a trial, {what} | | {1000 * alone:0.0} ms | {1000 * hosted:0.0} ms |"));
    }

    private static double PerTrial(string file, string folder, string isolate)
    {
        var store = Path.Combine(folder, Path.GetRandomFileName());
        var run = ToolProcess.Run("run", file, "--json", "--quiet", "--jobs", "1", "--threads", "1", "--set", "isolate=" + isolate, "--store", store);
        var coarse = run.Json.GetProperty("stages").EnumerateArray().First(s => s.GetProperty("stage").GetString() == "coarse");
        return coarse.GetProperty("seconds").GetDouble() / coarse.GetProperty("trials").GetInt32();
    }
}
