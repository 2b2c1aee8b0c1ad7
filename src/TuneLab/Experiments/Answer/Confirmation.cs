using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>
/// Runs the finalists and the baseline again on fresh splits of the training rows with other seeds, their round counts settled. Repeats that not every finalist completed do not count, so
/// the comparison stays paired. Where time may end it, the best and the baseline come first (else the two best): one repeat of these is the least that there is to compare, and when no repeat of
/// all is through, those that are through the first one count.
/// </summary>
internal sealed class Confirmation(LoadedExperiment experiment, SearchState state, TrialExecutor executor, IFolds folds, RunClock clock, Action<FinishedTrial> finished)
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "confirm";

    // wall seconds for a second of work: folds that are found make the first ones look faster than the next will be
    private const double LeastPace = 0.1;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>The finalists: the best trials at full fidelity, each configuration once, and the baseline.</summary>
    /// <param name="state">The search.</param>
    /// <param name="baseline">The best default.</param>
    /// <param name="top">How many finalists, the baseline not counted.</param>
    /// <param name="affordable">Whether there is time to confirm and refit a trial as one of several; the first is in whatever it costs.</param>
    /// <param name="possible">Whether there is time to do so with a trial alone, beside the baseline; where that is so of none, the best is in all the same.</param>
    public static IReadOnlyList<FinishedTrial> Choose(SearchState state, FinishedTrial baseline, int top, Func<FinishedTrial, bool> affordable, Func<FinishedTrial, bool> possible)
    {
        var ranked = state.Full().DistinctBy(t => t.Configuration).ToList();
        var first = Math.Max(0, ranked.FindIndex(t => possible(t)));
        var chosen = ranked.Skip(first).Where((t, rank) => rank == 0 || affordable(t)).Take(Math.Max(1, top)).ToList();
        return chosen.Exists(t => t.Configuration.Equals(baseline.Configuration)) ? chosen : [.. chosen, baseline];
    }

    /// <summary>Confirms.</summary>
    /// <param name="finalists">What to run, best first.</param>
    /// <param name="baseline">The best default, one of them.</param>
    /// <param name="pass">The pass's index.</param>
    /// <param name="repeats">How many repeats.</param>
    /// <param name="until">When to end at the latest, on the run's clock and as things are now: a deadline comes nearer while the run is held; null: when all is done. Is told whether the least is through.</param>
    /// <param name="stop">Ends it after the grace; when all is done by then, it was not stopped.</param>
    /// <param name="late">How it ends when that time comes.</param>
    /// <param name="grace">How long it may go on after a stop.</param>
    /// <returns>The finalists with their scores, and how it ended.</returns>
    public (IReadOnlyList<Finalist> Finalists, PassOutcome Outcome) Run(IReadOnlyList<FinishedTrial> finalists, FinishedTrial baseline, int pass, int repeats, Func<bool, TimeSpan?> until, PassOutcome late, TimeSpan grace, CancellationToken stop)
    {
        state.SkipNumbersOf(pass, Stage);
        var first = state.NextNumber;
        var numbers = Number(finalists.Count, repeats);
        int[] least = finalists.Count < 2 ? [0] : [0, Math.Max(1, finalists.ToList().FindIndex(t => t.Configuration.Equals(baseline.Configuration)))];
        var waiting = new Queue<(int Repeat, int[] Finalists)>(Order(finalists.Count, repeats, least));
        var replayed = state.StoredStages.ContainsKey(pass);
        var (exit, reason) = (StageExit.Trials, string.Create(CultureInfo.InvariantCulture, $"{finalists.Count} finalist{(finalists.Count == 1 ? "" : "s")}, {repeats} repeat{(repeats == 1 ? "" : "s")}, as planned"));
        TimeSpan? graceEnds = null;
        var begin = clock.Elapsed;
        while (waiting.Count > 0 || executor.Running > 0)
        {
            if (stop.IsCancellationRequested && graceEnds is null)
            {
                graceEnds = clock.Elapsed + grace;
            }

            var end = until(Array.TrueForAll(least, i => state.HasFinished(numbers[0][i])));
            if (clock.Elapsed >= (graceEnds < end ? graceEnds : end ?? graceEnds) && !replayed)
            {
                executor.CancelRunning();
                (exit, reason) = graceEnds is null ? (late.Exit, late.Reason) : (StageExit.Stopped, "stopped by a signal or by its caller");
                break;
            }

            // without a limit all at once; under one the least by itself, since jobs take lower numbers first, and then no more than keeps them busy
            if (waiting.Count > 0 && clock.DeadlineComesFirst && end is { } latest && !Fits(waiting.Peek().Finalists, begin, latest))
            {
                waiting.Clear();
                (exit, reason) = (late.Exit, late.Reason);
            }

            while (waiting.Count > 0 && (end is null || executor.Running <= (waiting.Peek().Repeat == 0 ? 0 : executor.Jobs)))
            {
                var (repeat, who) = waiting.Dequeue();
                Submit(repeat, who, finalists, numbers[repeat], pass, replayed);
            }

            if (executor.Running > 0 && executor.Next(Tick) is { } trial)
            {
                TakeIn(trial);
                ReleaseFolds(numbers, trial.Number);
            }
        }

        return (Rank(finalists, numbers, least), new PassOutcome(exit, reason, state.NextNumber - first));

        // What is begun before a deadline is waited for, since not every trainer can be stopped within a fit: so it is begun only where it is thought to end in time, at the pace of what has ended.
        bool Fits(int[] next, TimeSpan since, TimeSpan latest)
        {
            var submitted = numbers.SelectMany((row, repeat) => row.Select((number, i) => (Number: number, Seconds: Seconds(finalists[i]), Waits: waiting.Any(w => w.Repeat == repeat && w.Finalists.Contains(i))))).Where(t => !t.Waits).ToList();
            var ended = submitted.Where(t => state.HasFinished(t.Number)).Sum(t => t.Seconds);
            return ended == 0 || since + (Math.Max(LeastPace, (clock.Elapsed - since).TotalSeconds / ended) * TimeSpan.FromSeconds(submitted.Sum(t => t.Seconds) + next.Sum(i => Seconds(finalists[i])))) <= latest;
        }
    }

    // the work of one repeat, as the search's folds tell: with the round count settled it takes less, on a busy machine more
    private double Seconds(FinishedTrial trial) => (trial.FitSeconds + trial.ScoreSeconds) / Math.Max(1, experiment.Resolved.Plan.Validate.Repeats);

    private int[][] Number(int finalists, int repeats)
    {
        var numbers = new int[repeats][];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            numbers[repeat] = [.. Enumerable.Range(state.NextNumber, finalists)];
            state.NextNumber += finalists;
        }

        return numbers;
    }

    private static IEnumerable<(int Repeat, int[] Finalists)> Order(int finalists, int repeats, int[] least)
    {
        int[] all = [.. Enumerable.Range(0, finalists)];
        return [(0, least), (0, [.. all.Except(least)]), .. Enumerable.Range(1, repeats - 1).Select(repeat => (repeat, all))];
    }

    private void Submit(int repeat, int[] who, IReadOnlyList<FinishedTrial> finalists, int[] numbers, int pass, bool replayed)
    {
        var splits = folds.Repeat(experiment.Resolved.Plan.Validate.Repeats + repeat); // the search's repeats come first
        foreach (var i in who)
        {
            var (number, finalist) = (numbers[i], finalists[i]);
            if (state.Stored.TryGetValue(number, out var stored) && stored.Stage == Stage && stored.Configuration.Equals(finalist.Configuration))
            {
                TakeIn(stored with { Cached = true });
            }
            else if (!replayed)
            {
                var trainer = experiment.Resolved.Trainers.First(t => t.Trainer.Info.Id == finalist.Configuration.Trainer);
                executor.Submit(new TrialWork(number, Stage, pass, trainer, finalist.Configuration, Fidelity.Full, splits, finalist.Rounds));
            }
        }
    }

    // [finalists][repeats]; a finalist that failed a repeat, or has no score there, is out and holds no other one back
    private IReadOnlyList<Finalist> Rank(IReadOnlyList<FinishedTrial> finalists, int[][] numbers, int[] least)
    {
        var ended = state.Finished.ToDictionary(t => t.Number);
        var fit = Enumerable.Range(0, finalists.Count).Where(i => numbers.All(row => !ended.TryGetValue(row[i], out var t) || !double.IsNaN(t.Score))).ToHashSet();
        var paired = numbers.Where(row => fit.All(i => ended.ContainsKey(row[i]))).ToList();
        if (paired.Count == 0 && least.Where(fit.Contains).All(i => ended.ContainsKey(numbers[0][i])) && fit.RemoveWhere(i => !ended.ContainsKey(numbers[0][i])) > 0 && fit.Count > 1)
        {
            paired = [numbers[0]];
        }

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
