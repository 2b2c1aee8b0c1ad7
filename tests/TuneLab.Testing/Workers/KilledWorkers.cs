using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using TuneLab.Randomness;

namespace TuneLab.Testing.Workers;

/// <summary>What two workers did that were killed again and again.</summary>
/// <param name="Kills">How often something was killed.</param>
/// <param name="SliceKills">How often it was an experiment's process and not a worker.</param>
/// <param name="States">How each entry ended, by name.</param>
/// <param name="Runs">Programs that were begun.</param>
/// <param name="Twice">Those that computed what had been computed, though no kill explains it.</param>
/// <param name="Seconds">What it took.</param>
public sealed record KillReport(int Kills, int SliceKills, IReadOnlyDictionary<string, string> States, int Runs, IReadOnlyList<LoggedRun> Twice, double Seconds);

/// <summary>Two workers on a queue, killed at random (SIGKILL) and started again until the queue is empty. For Linux.</summary>
public sealed class KilledWorkers
{
    // of a killed process until it is gone
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly ToolCommand _tool;
    private readonly Process[] _workers = new Process[2];
    private readonly SeededRandom _random;
    private readonly string[] _arguments;
    private readonly List<LoggedKill> _kills = [];
    private int _sliceKills;

    private KilledWorkers(ToolCommand tool, ulong seed, string[] arguments) => (_tool, _random, _arguments) = (tool, new SeededRandom(seed), arguments);

    /// <summary>Works off the queue.</summary>
    /// <param name="tool">On the store that has the queue.</param>
    /// <param name="kills">How often to kill at most.</param>
    /// <param name="shortest">The shortest time between two kills.</param>
    /// <param name="longest">The longest.</param>
    /// <param name="seed">Of moments and victims.</param>
    /// <param name="arguments">More of <c>tunelab work</c>.</param>
    public static KillReport WorkOff(ToolCommand tool, int kills, TimeSpan shortest, TimeSpan longest, ulong seed, params string[] arguments)
        => new KilledWorkers(tool, seed, arguments).WorkOff(kills, shortest, longest);

    private KillReport WorkOff(int kills, TimeSpan shortest, TimeSpan longest)
    {
        var clock = Stopwatch.StartNew();
        Begin(0);
        Begin(1);
        try
        {
            while (_workers.Any(w => !w.HasExited))
            {
                Thread.Sleep(shortest + ((longest - shortest) * _random.NextDouble()));
                if (_kills.Count < kills && _workers.Any(w => !w.HasExited))
                {
                    KillOne();
                }
            }
        }
        finally
        {
            Array.ForEach(_workers, w => { Kill(w.Id); w.Dispose(); });
        }

        using var list = JsonDocument.Parse(_tool.Run("queue", "list", "--json"));
        var states = list.RootElement.EnumerateArray().ToDictionary(e => e.GetProperty("name").GetString()!, e => e.GetProperty("state").GetString() + ": " + e.GetProperty("reason").GetString());
        var runs = LoggedPrograms.Read(_tool.Folder);
        return new KillReport(_kills.Count, _sliceKills, states, runs.Count, LoggedPrograms.ComputedTwice(runs, _kills), clock.Elapsed.TotalSeconds);
    }

    private void Begin(int which)
    {
        (_workers[which] as IDisposable)?.Dispose();
        _workers[which] = _tool.Start(_ => { }, ["work", "--drain", "--jobs", "1", "--threads", "1", .. _arguments]);
    }

    private void KillOne()
    {
        var which = _random.NextInt(2);
        which = _workers[which].HasExited ? 1 - which : which;
        if (_random.NextInt(5) == 0 && ProcessTable.Children(_workers[which].Id) is [var slice, ..])
        {
            _sliceKills++;
            KillNoted(slice);
        }
        else
        {
            KillNoted(_workers[which].Id);
            _workers[which].WaitForExit();
            Begin(which);
        }
    }

    // on a busy machine the killed one and what ends with it live on for a while, in which another program may begin
    private void KillNoted(int id)
    {
        int[] doomed = [id, .. ProcessTable.Descendants(id)];
        var before = Now();
        Kill(id);
        SpinWait.SpinUntil(() => doomed.All(ProcessTable.HasEnded), Longest);
        _kills.Add(new LoggedKill(before, Now()));
    }

    private static double Now() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(); // SIGKILL
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return; // it has ended by itself
        }
    }
}
