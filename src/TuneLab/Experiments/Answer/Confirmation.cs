using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>
/// Runs the finalists and the baseline again on fresh splits of the training rows with other seeds, their round counts settled. Repeats that not every finalist completed do not count, so
/// the comparison stays paired.
/// </summary>
internal sealed class Confirmation(LoadedExperiment experiment, SearchState state, TrialExecutor executor, FoldSource folds, RunClock clock, Action<FinishedTrial> finished)
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "confirm";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>The finalists: the best trials at full fidelity, each configuration once, and the baseline.</summary>
    public static IReadOnlyList<FinishedTrial> Choose(SearchState state, FinishedTrial baseline, int top)
    {
        var chosen = state.Full().DistinctBy(t => t.Configuration).Take(Math.Max(1, top)).ToList();
        return chosen.Exists(t => t.Configuration.Equals(baseline.Configuration)) ? chosen : [.. chosen, baseline];
    }

    /// <summary>Confirms.</summary>
    /// <param name="finalists">What to run.</param>
    /// <param name="pass">The pass's index.</param>
    /// <param name="repeats">How many repeats.</param>
    /// <param name="until">When to end at the latest, on the run's clock; null: when all is done.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <returns>The finalists with their scores, and how it ended.</returns>
    public (IReadOnlyList<Finalist> Finalists, PassOutcome Outcome) Run(IReadOnlyList<FinishedTrial> finalists, int pass, int repeats, TimeSpan? until, CancellationToken stop)
    {
        state.SkipNumbersOf(pass, Stage);
        var first = state.NextNumber;
        var numbers = Submit(finalists, pass, repeats, state.StoredStages.GetValueOrDefault(pass));
        var (exit, reason) = (StageExit.Trials, string.Create(CultureInfo.InvariantCulture, $"{finalists.Count} finalists, {repeats} repeats, as planned"));
        while (executor.Running > 0)
        {
            if (stop.IsCancellationRequested || clock.Elapsed >= until)
            {
                executor.CancelRunning();
                (exit, reason) = stop.IsCancellationRequested ? (StageExit.Stopped, "stopped by a signal or by its caller") : (clock.TimeExit, clock.TimeReason);
                break;
            }

            if (executor.Next(Tick) is { } trial)
            {
                TakeIn(trial);
            }
        }

        return ([.. finalists.Select((t, i) => new Finalist(t, Scores(numbers, i)))], new PassOutcome(exit, reason, state.NextNumber - first));
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
                    executor.Submit(new TrialWork(number, Stage, pass, trainer, finalist.Configuration, 1, splits, finalist.Rounds));
                }
            }
        }

        return numbers;
    }

    private List<double> Scores(int[][] numbers, int finalist)
    {
        var byNumber = state.Finished.Where(t => t.Status == TrialStatus.Completed).ToDictionary(t => t.Number);
        return [.. numbers.Where(row => row.All(byNumber.ContainsKey)).Select(row => byNumber[row[finalist]].Score)];
    }

    private void TakeIn(FinishedTrial trial)
    {
        state.Add(trial);
        finished(trial);
    }
}
