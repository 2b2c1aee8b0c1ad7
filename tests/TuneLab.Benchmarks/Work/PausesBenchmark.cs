using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TuneLab.Randomness;
using TuneLab.Testing;
using TuneLab.Testing.Workers;

namespace TuneLab.Benchmarks.Work;

/// <summary>
/// A worker with one experiment on a real table, whose queue is paused and resumed at random: how soon its processes take no processor time, what they take while they rest, and whether trials and scores
/// are those of a run that nobody disturbed. For Linux.
/// </summary>
internal static class PausesBenchmark
{
    private const double TicksPerSecond = 100; // of /proc/PID/stat

    /// <summary>A number is how often to pause, a second one the seed; a table to search; after <c>--trainers</c> what to search with. <value>100, 1, higgs_7k, boosting,forest,linear</value></summary>
    public static void Run(string[] args, TextWriter output)
    {
        var at = Array.IndexOf(args, "--trainers");
        var trainers = at >= 0 && at + 1 < args.Length ? args[at + 1] : "boosting,forest,linear";
        var (numbers, tables) = TableArguments.Read([.. args.Where((_, i) => at < 0 || (i != at && i != at + 1))], ["higgs_7k"]);
        var pauses = numbers.Count > 0 ? numbers[0] : 100;
        var random = new SeededRandom((ulong)(numbers.Count > 1 ? numbers[1] : 1));
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            foreach (var table in tables)
            {
                var (data, label) = SharedTables.Get(table);
                File.WriteAllText(Path.Combine(folder, table + ".yaml"), $"data: {{ file: '{data}', label: {label} }}\ntrainers: [{trainers}]\nbudget: {{ trials: {pauses * 2} }}\noutput: {{ folder: runs/{table} }}\n");
                Measure(new ToolCommand(ToolProcess.Assembly, folder, Path.Combine(folder, table + ".db")), table, pauses, random, output);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(ToolCommand tool, string table, int pauses, SeededRandom random, TextWriter output)
    {
        tool.Run("queue", "add", table + ".yaml");
        using var worker = tool.Start(_ => { }, "work", "--drain", "--jobs", "2");
        var (stops, rests, seconds) = (new List<double>(), 0.0, 0.0);
        while (stops.Count < pauses && !worker.HasExited)
        {
            Thread.Sleep((int)(100 + (1400 * random.NextDouble())));
            var clock = Stopwatch.StartNew();
            tool.Run("queue", "pause", "--quiet");
            var asked = clock.Elapsed.TotalSeconds; // the verb itself takes a while to start; what counts begins when the store has it
            var processes = Tree(worker.Id);
            var quiet = Quiet(processes, clock);
            if (quiet is { } at)
            {
                stops.Add(Math.Max(0, at - asked));
                var (before, began) = (Ticks(processes), clock.Elapsed.TotalSeconds);
                Thread.Sleep((int)(500 + (1500 * random.NextDouble())));
                rests += (Ticks(processes) - before) / TicksPerSecond;
                seconds += clock.Elapsed.TotalSeconds - began;
            }

            tool.Run("queue", "resume", "--quiet");
        }

        worker.WaitForExit();
        using var list = JsonDocument.Parse(tool.Run("queue", "list", "--json"));
        var end = list.RootElement[0].GetProperty("state").GetString() + ": " + list.RootElement[0].GetProperty("reason").GetString();
        stops.Sort();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {stops.Count} pauses; at rest after median {stops[stops.Count / 2]:0.00} s, at most {stops[^1]:0.00} s (bound 2); processor time while resting {100 * rests / seconds:0.00} % of a core (bound 1)"));
        output.WriteLine($"{table}: {end}");
        output.Flush();
        var disturbed = TrialsFile.Lasting(Path.Combine(tool.Folder, "runs", table, "trials.csv"));
        tool.Run("run", table + ".yaml", "--quiet", "--store", Path.Combine(tool.Folder, "undisturbed.db"), "--out", "undisturbed");
        var same = disturbed.SequenceEqual(TrialsFile.Lasting(Path.Combine(tool.Folder, "undisturbed", "trials.csv")));
        output.WriteLine(same ? $"{table}: trials and scores are those of an undisturbed run." : $"{table}: OTHER trials than an undisturbed run.");
    }

    // when the last processor time was taken before half a second without
    private static double? Quiet(IReadOnlyList<int> processes, Stopwatch clock)
    {
        var (last, since) = (Ticks(processes), clock.Elapsed.TotalSeconds);
        while (clock.Elapsed.TotalSeconds < 20)
        {
            Thread.Sleep(20);
            var now = Ticks(processes);
            if (now - last > 1) // the worker itself looks around
            {
                (last, since) = (now, clock.Elapsed.TotalSeconds);
            }
            else if (clock.Elapsed.TotalSeconds - since > 0.5)
            {
                return since;
            }
        }

        return null;
    }

    private static List<int> Tree(int root)
    {
        var found = new List<int> { root };
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(ProcessTable.Children(found[i]));
        }

        return found;
    }

    private static double Ticks(IReadOnlyList<int> processes) => processes.Sum(ProcessTable.Ticks);
}
