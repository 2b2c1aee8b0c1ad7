using System.Globalization;
using System.Text.Json;
using TuneLab.Testing;
using TuneLab.Testing.Workers;

namespace TuneLab.Benchmarks.Work;

/// <summary>
/// Two workers and a queue of ten experiments, killed (SIGKILL) at random: six tune a program that writes down what it computes, four a table. Says how they ended, what was computed or told twice, and whether
/// the trials are those of runs that nobody disturbed. For Linux.
/// </summary>
internal static class KillsBenchmark
{
    private const string Alerts = "alerts.jsonl";

    /// <summary>A number is how often something is killed, a second one the seed. <value>50, 1</value></summary>
    public static void Run(string[] args, TextWriter output)
    {
        var (numbers, _) = TableArguments.Read(args, []);
        var kills = numbers.Count > 0 ? numbers[0] : 50;
        var seed = numbers.Count > 1 ? numbers[1] : 1;
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            string[] programs = [.. Enumerable.Range(1, 6).Select(i => "program" + i)];
            string[] tables = ["higgs_7k", "telco_churn", "wine_quality", "titanic"];
            File.WriteAllText(Path.Combine(folder, "worker.yaml"), $"retry: {{ attempts: 20, wait: 5s }}\nalerts: [{{ file: {Alerts}, on: [finished, failed] }}]\n"); // processes killed by chance are no fault of the experiments
            LoggedPrograms.WriteTo(folder, programs, trials: kills, seconds: 0.4);
            foreach (var table in tables)
            {
                var (data, label) = SharedTables.Get(table);
                File.WriteAllText(Path.Combine(folder, table + ".yaml"), $"data: {{ file: '{data}', label: {label} }}\ntrainers: [boosting, forest, linear]\nvalidate: {{ folds: 3 }}\nbudget: {{ trials: 30 }}\noutput: {{ folder: runs/{table} }}\n");
            }

            string[] names = [.. programs, .. tables];
            var tool = new ToolCommand(ToolProcess.Assembly, folder, Path.Combine(folder, "store.db"));
            tool.Run(["queue", "add", .. names.Select(n => n + ".yaml")]);
            var report = KilledWorkers.WorkOff(tool, kills, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(6), (ulong)seed, "--settings", "worker.yaml");
            var other = new ToolCommand(ToolProcess.Assembly, folder, Path.Combine(folder, "undisturbed.db"));
            var differ = names.Where(n => !SameTrials(other, folder, n)).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Kills} kills, {report.SliceKills} of them of an experiment's process, in {report.Seconds:0} s"));
            output.WriteLine($"{report.Runs} programs begun, {report.Twice.Count} computed again though no kill explains it{string.Concat(report.Twice.Select(t => "\n  " + t))}");
            foreach (var (name, state) in report.States)
            {
                output.WriteLine($"{name}: {state}");
            }

            var alerts = File.ReadLines(Path.Combine(folder, Alerts)).Select(l => JsonDocument.Parse(l).RootElement).ToList();
            output.WriteLine($"{alerts.Count} alerts of {alerts.Select(a => a.GetProperty("experiment").ToString()).Distinct().Count()} experiments, {alerts.Count - alerts.Select(a => a.GetProperty("id").GetString()).Distinct().Count()} sent twice");
            output.WriteLine(differ.Count == 0 ? "The trials of all are those of undisturbed runs." : "Other trials than undisturbed: " + string.Join(", ", differ));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool SameTrials(ToolCommand tool, string folder, string name)
    {
        var file = Path.Combine(folder, "runs", name, "trials.csv");
        if (!File.Exists(file))
        {
            return false;
        }

        var disturbed = TrialsFile.Lasting(file);
        tool.Run("run", name + ".yaml", "--quiet", "--out", "undisturbed/" + name);
        return disturbed.SequenceEqual(TrialsFile.Lasting(Path.Combine(folder, "undisturbed", name, "trials.csv")));
    }
}
