using System.Globalization;

namespace TuneLab.Testing.Workers;

/// <summary>When a program was begun, and when it had printed its score.</summary>
/// <param name="Key">What it was asked to compute.</param>
/// <param name="Began">Unix seconds.</param>
/// <param name="Ended">Unix seconds; null: it was ended before.</param>
public sealed record LoggedRun(string Key, double Began, double? Ended);

/// <summary>When something was killed.</summary>
/// <param name="Before">A moment before, in Unix seconds.</param>
/// <param name="After">A moment after it had gone, in Unix seconds.</param>
public sealed record LoggedKill(double Before, double After);

/// <summary>Experiments that tune a program which writes down what it computes, so that a repetition shows. For Linux: a shell and awk.</summary>
public static class LoggedPrograms
{
    private const string Log = "fits.log";

    /// <summary>Writes the program and an experiment file for each name.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="names">Of the experiments.</param>
    /// <param name="trials">Trials of each search.</param>
    /// <param name="seconds">What one evaluation takes.</param>
    public static void WriteTo(string folder, IEnumerable<string> names, int trials, double seconds)
    {
        File.WriteAllText(Path.Combine(folder, "fit.sh"), string.Create(CultureInfo.InvariantCulture, $$"""
            key="$1 $2 $3"
            echo "$$ begin $(date +%s.%N) $key" >> {{Log}}
            sleep {{seconds}}
            score=$(awk -v x="$2" -v s="$3" 'BEGIN { print 1 - (x - 0.3) ^ 2 + 0.01 * sin(s) }')
            echo "$$ end $(date +%s.%N) $key" >> {{Log}}
            echo "{\"score\": $score}"

            """).ReplaceLineEndings("\n"));
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(folder, name + ".yaml"), $$"""
                name: {{name}}
                trainer: command
                run: sh fit.sh {{name}} {x} {seed}
                inputs: [fit.sh]
                expect: { by: 0.1 }
                space: { x: { low: 0, high: 1, default: 0.9 } }
                budget: { trials: {{trials + 1}}, trial_time: 60s }
                stages: [{ name: search, sampler: sobol, trials: {{trials}} }, { name: confirm, top: 1, repeats: 3 }]
                output: { folder: runs/{{name}} }

                """);
        }
    }

    /// <summary>What was run, in the order in which it was begun.</summary>
    public static IReadOnlyList<LoggedRun> Read(string folder)
    {
        var begun = new List<(string Process, string Key, double At)>();
        var ended = new Dictionary<(string, string), Queue<double>>();
        foreach (var words in File.ReadLines(Path.Combine(folder, Log)).Select(l => l.Split(' ', 4)))
        {
            var at = double.Parse(words[2], CultureInfo.InvariantCulture);
            if (words[1] == "begin")
            {
                begun.Add((words[0], words[3], at));
            }
            else
            {
                if (!ended.TryGetValue((words[0], words[3]), out var ends))
                {
                    ended[(words[0], words[3])] = ends = new();
                }

                ends.Enqueue(at);
            }
        }

        return [.. begun.Select(b => new LoggedRun(b.Key, b.At, ended.TryGetValue((b.Process, b.Key), out var ends) && ends.TryDequeue(out var end) ? end : null))];
    }

    /// <summary>
    /// The runs that computed again what an earlier one had computed, but for what kills explain. A kill meets one process that runs
    /// one program at a time, so it explains one repetition at most: the program that ran then, or whose score was on its way into the
    /// store, however long that takes on a busy machine.
    /// </summary>
    /// <param name="runs">In the order in which they were begun.</param>
    /// <param name="kills">In the order in which they happened.</param>
    public static IReadOnlyList<LoggedRun> ComputedTwice(IReadOnlyList<LoggedRun> runs, IReadOnlyList<LoggedKill> kills)
    {
        var twice = new List<LoggedRun>();
        var last = new Dictionary<string, LoggedRun>();
        var left = kills.ToList();
        foreach (var run in runs)
        {
            if (last.TryGetValue(run.Key, out var before))
            {
                // the earliest that fits: the later ones are left for later runs
                var kill = left.FindIndex(k => k.After >= before.Began && k.Before <= run.Began);
                if (kill < 0)
                {
                    twice.Add(run);
                }
                else
                {
                    left.RemoveAt(kill);
                }
            }

            last[run.Key] = run;
        }

        return twice;
    }
}
