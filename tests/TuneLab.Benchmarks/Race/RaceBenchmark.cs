using System.Diagnostics;
using System.Globalization;
using TuneLab.Benchmarks.Learners;
using TuneLab.Errors;
using TuneLab.Learners;

namespace TuneLab.Benchmarks.Race;

/// <summary>
/// Drives ../shared/race: TuneLab's command line with the embedded trainers alone against other tuners, on the same rows, with the same wall clock and two threads; then TuneLab with less time against the same results of the
/// others. What ran before is not run again. Ranks, wins and times to quality are table.py's.
/// </summary>
internal static class RaceBenchmark
{
    /// <summary>What race.py calls us.</summary>
    public const string TuneLab = "tunelab";

    /// <summary>Races what has no result yet, and prints the tables.</summary>
    /// <exception cref="InputException">The arguments are wrong, the race is not beside the checkout, or no Python has the peers.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        var race = new RaceArguments(args);
        var script = SharedTables.Beside(Path.Combine("shared", "race", "race.py")) ?? throw new InputException("The race (../shared/race) is not beside this checkout.", "Put it there, or run from a checkout that has it.");
        var python = PythonInterpreter.Find(race.Python);
        var results = new RaceResults(race.Results);
        var folder = Directory.CreateTempSubdirectory("tunelab-race").FullName;
        try
        {
            foreach (var (table, seed, seconds) in race.Tables.SelectMany(t => race.Seeds.SelectMany(s => race.Seconds.Select(b => (t, s, b)))))
            {
                string[] peers = [.. race.Peers.Where(_ => seconds == race.Seconds[0]).Append(TuneLab).Where(p => !results.Has(new RaceKey(p, table, seed, seconds)))];
                if (peers.Length > 0)
                {
                    Print(python, [script, table, Text(seconds), Text(seed), "--peers", string.Join(',', peers), "--tunelab", Command(), "--out", folder], line =>
                    {
                        var result = results.Add(line);
                        output.WriteLine($"{table} {seed}, {seconds} s: {result["peer"]} {result["test"] ?? result["error"]}");
                    });
                }
            }

            foreach (var ours in race.Seconds)
            {
                output.WriteLine();
                output.WriteLine($"# {TuneLab} with {ours} s, the others with {race.Seconds[0]} s");
                var file = Path.Combine(folder, "race.jsonl");
                File.WriteAllLines(file, results.Lines(k => race.Tables.Contains(k.Table) && race.Seeds.Contains(k.Seed) && race.Peers.Append(TuneLab).Contains(k.Peer), race.Seconds[0], ours));
                Print(python, [Path.Combine(Path.GetDirectoryName(script)!, "table.py"), file], output.WriteLine);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // race.py writes the experiment file and names no trainers, so a run is told which; a shell that gives way to the tool costs it no time
    private static string Command()
        => "sh -c 'verb=$1; shift; if [ \"$verb\" = run ]; then set -- \"$@\" --set \"trainers=[" + string.Join(", ", EmbeddedTrainers.All.Select(t => t.Info.Id)) + "]\"; fi; exec dotnet \"" + ToolProcess.Assembly + "\" \"$verb\" \"$@\"' tunelab";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Print(string python, IEnumerable<string> arguments, Action<string> line)
    {
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is { } text)
        {
            line(text);
        }

        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {Text(process.ExitCode)}.");
        }
    }
}
