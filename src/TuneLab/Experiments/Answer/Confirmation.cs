using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>
/// Runs the finalists and the baseline again on fresh splits of the training rows with other seeds, their round counts settled. Repeats that not every finalist completed do not count, so
/// the comparison stays paired.
/// </summary>
internal sealed class Confirmation(LoadedExperiment experiment, SearchState state, TrialExecutor executor, IFolds folds, RunClock clock, Action<FinishedTrial> finished)
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "confirm";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>The finalists: the best trials at full fidelity, each configuration once, and the baseline.</summary>
    /// <param name="state">The search.</param>
    /// <param name="baseline">The best default.</param>
    /// <param name="top">How many finalists, the baseline not counted.</param>
    /// <param name="affordable">Whether there is time to confirm and refit a trial; the best is in whatever it costs.</param>
    public static IReadOnlyList<FinishedTrial> Choose(SearchState state, FinishedTrial baseline, int top, Func<FinishedTrial, bool> affordable)
    {
        var chosen = state.Full().DistinctBy(t => t.Configuration).Where((t, rank) => rank == 0 || affordable(t)).Take(Math.Max(1, top)).ToList();
        return chosen.Exists(t => t.Configuration.Equals(baseline.Configuration)) ? chosen : [.. chosen, baseline];
    }

    /// <summary>Confirms.</summary>
    /// <param name="finalists">What to run.</param>
    /// <param name="pass">The pass's index.</param>
    /// <param name="repeats">How many repeats.</param>
    /// <param name="until">When to end at the latest, on the run's clock; null: when all is done.</param>
    /// <param name="stop">Ends it after the grace; when all is done by then, it was not stopped.</param>
    /// <param name="late">How it ends when that time comes.</param>
    /// <param name="grace">How long it may go on after a stop.</param>
    /// <returns>The finalists with their scores, and how it ended.</returns>
    public (IReadOnlyList<Finalist> Finalists, PassOutcome Outcome) Run(IReadOnlyList<FinishedTrial> finalists, int pass, int repeats, TimeSpan? until, PassOutcome late, TimeSpan grace, CancellationToken stop)
    {
        state.SkipNumbersOf(pass, Stage);
        var first = state.NextNumber;
        var numbers = Submit(finalists, pass, repeats, state.StoredStages.GetValueOrDefault(pass));
        var (exit, reason) = (StageExit.Trials, string.Create(CultureInfo.InvariantCulture, $"{finalists.Count} finalist{(finalists.Count == 1 ? "" : "s")}, {repeats} repeat{(repeats == 1 ? "" : "s")}, as planned"));
        var stopped = false;
        while (executor.Running > 0)
        {
            if (stop.IsCancellationRequested && !stopped)
            {
                stopped = true;
                until = until < clock.Elapsed + grace ? until : clock.Elapsed + grace;
            }

            if (clock.Elapsed >= until)
            {
                executor.CancelRunning();
                (exit, reason) = stopped ? (StageExit.Stopped, "stopped by a signal or by its caller") : (late.Exit, late.Reason);
                break;
            }

            if (executor.Next(Tick) is { } trial)
            {
                TakeIn(trial);
                ReleaseFolds(numbers, trial.Number);
            }
        }

        return (Rank(finalists, numbers), new PassOutcome(exit, reason, state.NextNumber - first));
    }

    private int[][] Submit(IReadOnlyList<FinishedTrial> finalists, int pass, int repeats, StageRecord? replay)
    {
        var numbers = new int[repeats][];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var splits = folds.Repeat(experiment.Resolved.Plan.Validate.Repeats + repeat); // the search's repeats come first
            numbers[repeat] = new int[finalists.Count];
            for (var i = 0; i < finalists.Count; i++)
            {
                var number = numbers[repeat][i] = state.NextNumber++;
                var finalist = finalists[i];
                if (state.Stored.TryGetValue(number, out var stored) && stored.Stage == Stage && stored.Configuration.Equals(finalist.Configuration))
                {
                    TakeIn(stored with { Cached = true });
                }
                else if (replay is null)
                {
                    var trainer = experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == finalist.Configuration.Trainer);
                    executor.Submit(new TrialWork(number, Stage, pass, trainer, finalist.Configuration, Fidelity.Full, splits, finalist.Rounds));
                }
            }
        }

        return numbers;
    }

    // [finalists][repeats]; a finalist that failed a repeat, or has no score there, is out and holds no other one back
    private IReadOnlyList<Finalist> Rank(IReadOnlyList<FinishedTrial> finalists, int[][] numbers)
    {
        var ended = state.Finished.ToDictionary(t => t.Number);
        var fit = Enumerable.Range(0, finalists.Count).Where(i => numbers.All(row => !ended.TryGetValue(row[i], out var t) || !double.IsNaN(t.Score))).ToHashSet();
        var paired = numbers.Where(row => fit.All(i => ended.ContainsKey(row[i]))).ToList();
        return [.. finalists.Select((t, i) => new Finalist(t, fit.Contains(i) ? [.. paired.Select(row => ended[row[i]])] : []))];
    }

    // each repeat has folds of its own, encoded for it: they go when its last trial has ended
    private void ReleaseFolds(int[][] numbers, int number)
    {
        var repeat = Array.FindIndex(numbers, row => row.Contains(number));
        var ended = state.Finished.Select(t => t.Number).ToHashSet();
        if (numbers[repeat].All(ended.Contains))
        {
            folds.Release(experiment.Resolved.Plan.Validate.Repeats + repeat);
        }
    }

    private void TakeIn(FinishedTrial trial)
    {
        state.Add(trial);
        finished(trial);
    }
}
