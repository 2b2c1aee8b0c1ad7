using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Running;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>
/// Runs one pass: proposes under the lag rule, keeps the jobs busy, takes in what finishes, and ends by the first exit rule that fires. Which trials are proposed depends on the plan, the seed
/// and finished trials numbered below n - lag; on time only where the plan's budget is time. One that is to stop before it has come to where an earlier process was takes in what that one finished.
/// </summary>
internal sealed class PassRunner(SearchState state, TrialExecutor executor, IReadOnlyList<FoldId> folds, BudgetPlan budget, BudgetKind kind, RunClock clock, ProcessMemory memory, Seed seed, int jobs, Action<FinishedTrial> finished, Action idle, CancellationToken stop, CancellationToken leave)
{
    // samplers that don't look back could run ahead without end; 8 trials keep most machines' jobs busy, and let target, patience, pruners and turns see the past
    private const int LongestLag = 8;
    private const string Stopped = "stopped by a signal or by its caller";

    // how far beyond its time a pass may wait for what is under way, as a share of that time: to end a trial, and often its host with it, costs more than to wait a little
    private const double Overtime = 0.25;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>How many folds a trial that is given all has.</summary>
    public int Folds => folds.Count;

    /// <summary>Runs it; all trials that it proposed have ended or are abandoned when it returns.</summary>
    public PassOutcome Run(PassPlan plan)
    {
        var outcome = Search(plan);
        foreach (var lane in plan.Lanes)
        {
            lane.Abandon();
        }

        return outcome;
    }

    /// <summary>Takes in the next pass as an earlier process ran it; of a confirm only the numbers, since another one comes.</summary>
    public void TakeInPass()
    {
        var pass = state.NextPass++;
        state.NextNumber = Math.Max(state.NextNumber, 1 + state.LastStored(pass));
        if (state.StoredStages[pass].Stage == Confirmation.Stage)
        {
            return;
        }

        foreach (var trial in state.Stored.Values.Where(t => t.Pass == pass).OrderBy(t => t.Number))
        {
            var lane = Propose(trial);
            executor.Recall(new TrialWork(trial.Number, trial.Stage, pass, lane.Trainer, trial.Configuration, trial.Fidelity, [.. folds.Take(trial.Fidelity.FoldsOf(folds.Count))], null, null), trial);
            state.Counted++;
            TakeIn(trial with { Cached = true });
        }

        state.Stages.Add(state.StoredStages[pass]);
    }

    // as it was then
    private Lane Propose(FinishedTrial trial)
    {
        var lane = state.Lanes.First(l => l.Id == trial.Configuration.Trainer);
        lane.Propose(trial.Number, lane.Trainer.Space.ToUnit(trial.Configuration), trial.Configuration, trial.Fidelity);
        return lane;
    }

    private PassOutcome Search(PassPlan plan)
    {
        var replay = state.StoredStages.GetValueOrDefault(plan.Pass);
        state.SkipNumbersOf(plan.Pass, plan.Stage);
        var first = state.NextNumber;
        var proposer = new Proposer(plan, kind == BudgetKind.Time, seed.Child("stage").Child(plan.Pass), first);
        var owed = state.LastStored(plan.Pass);
        var pending = new HashSet<int>();
        var times = new RecentTimes(plan.Fidelity, state.Searched);
        PassOutcome? outcome = null;
        var (begin, limit) = (clock.Elapsed, clock.Limit);
        while (true)
        {
            // a run that is held while its deadline comes nearer has less left than when the pass was planned
            var lost = limit - clock.Limit ?? TimeSpan.Zero;
            if (Interruption(Latest(plan, begin) - lost, replay, first, owed, pending.Count) is { } interruption && (outcome is null || pending.Count > 0))
            {
                executor.CancelRunning();
                // a stopped pass stays open whatever rule had ended it: the trials that were under way belong to it
                return outcome is null or { Exit: StageExit.Trials } || interruption.Exit == StageExit.Stopped ? interruption : outcome;
            }

            if (outcome is null && replay is null && state.NextNumber > owed && clock.Elapsed >= Until(plan) - lost)
            {
                outcome = Ended(clock.TimeExit, clock.TimeReason, first);
            }

            while (outcome is null && CanPropose(plan, pending, proposer.Lag))
            {
                // only where another pass can use the time; one that would wait for a job is proposed when the job is free
                if (plan.Sampler is not null && plan.Until < plan.Latest && replay is null && state.NextNumber > owed
                    && Latest(plan, begin) - lost - clock.Elapsed < times.Typical * (pending.Count < jobs ? 1 : 1 + (1.0 / jobs)))
                {
                    outcome = pending.Count < jobs ? Ended(clock.TimeExit, "too little of its time is left for another trial", first) : null;
                    break;
                }

                outcome = Exit(plan, replay, first, owed, proposer.Lag) ?? Propose(plan, proposer, pending, replay, first);
            }

            if (pending.Count == 0 && outcome is not null)
            {
                return outcome;
            }

            if (executor.Next(Tick) is { } trial)
            {
                pending.Remove(trial.Number);
                times.Add(trial);
                TakeIn(trial);
            }

            idle();
        }
    }

    private bool CanPropose(PassPlan plan, HashSet<int> pending, int lag)
    {
        var oldest = state.NextNumber - lag;
        var most = plan.Until is null ? lag : Math.Min(lag, jobs); // what is under way when the time is up is lost: no more of it than keeps the jobs busy
        return pending.Count <= most && pending.All(n => n >= oldest);
    }

    private PassOutcome? Propose(PassPlan plan, Proposer proposer, HashSet<int> pending, StageRecord? replay, int first)
    {
        var number = state.NextNumber;
        var next = proposer.Next(number);
        if (replay is not null && plan.Stage != Confirmation.Stage && state.Stored.TryGetValue(number, out var ran) && (ran.Pass, ran.Stage) == (plan.Pass, plan.Stage) && ran.Fidelity == plan.Fidelity && !ran.Configuration.Equals(next?.Configuration))
        {
            next?.Lane.Withdraw(number);
            next = (Propose(ran), ran.Configuration); // the pass is over: what it ran stands, though another budget would have proposed otherwise
        }

        if (next is not { } proposal)
        {
            return Ended(StageExit.Exhausted, plan.Sampler is null || proposer.OnlyFirst ? "every listed configuration is proposed"
                : plan.Lanes.All(l => l.ShrunkBy is null) ? "no sampler has a new configuration left" : "no sampler has a new configuration left in its hypercube", first);
        }

        var (lane, configuration) = proposal;
        var stored = state.Stored.TryGetValue(number, out var found) && found.Configuration.Equals(configuration) && found.Fidelity == plan.Fidelity ? found : null;
        if (stored is null && replay is null && stop.IsCancellationRequested)
        {
            return Ended(StageExit.Stopped, Stopped, first);
        }

        state.NextNumber++;
        if (plan.Stage != "confirm")
        {
            state.Counted++;
        }

        var before = (long)number - proposer.Lag;
        var own = folds.Take(plan.Fidelity.FoldsOf(folds.Count)).ToArray();
        var work = new TrialWork(number, plan.Stage, plan.Pass, lane.Trainer, configuration, plan.Fidelity, own, null, plan.Pruner is { } pruner ? new Pruning(pruner, before, lane.Compare(number, before, plan.Fidelity, own.Length)) : null)
        {
            GoesOnFrom = lane.RoundsBefore(configuration, plan.Fidelity),
        };
        if (stored is not null)
        {
            executor.Recall(work, stored);
            TakeIn(stored with { Cached = true });
        }
        else if (replay is null)
        {
            pending.Add(number);
            executor.Submit(work);
        }

        return null; // not stored in a pass that has ended: it was abandoned then and is now
    }

    private void TakeIn(FinishedTrial trial)
    {
        state.Add(trial);
        finished(trial);
    }

    private PassOutcome? Exit(PassPlan plan, StageRecord? replay, int first, int owed, int lag)
    {
        var proposed = state.NextNumber - first;
        if (replay is not null)
        {
            return proposed >= replay.Trials ? new PassOutcome(Enum.Parse<StageExit>(replay.Exit, true), replay.Reason, proposed) : null;
        }

        if (plan.Trials is { } trials && proposed >= trials)
        {
            return Ended(StageExit.Trials, Words(proposed == 1 ? "{0} trial, as planned" : "{0} trials, as planned", proposed), first);
        }

        if (state.NextNumber <= owed)
        {
            return null; // an earlier process had come further: what it finished is taken in, also under a smaller budget
        }

        if (budget.Trials - plan.Kept is { } all && state.Counted >= all)
        {
            return Ended(StageExit.Trials, Words(plan.Kept == 0 ? "all {0} trials of the budget are used" : "all trials of the budget are used but {1} that are kept for what leads, to be run on everything", all, plan.Kept), first);
        }

        if (budget is { Target: null, Patience: null })
        {
            return null;
        }

        var past = state.Searched.Where(t => t.Number < (long)state.NextNumber - lag && t.Status == TrialStatus.Completed).ToList();
        if (budget.Target is { } target && past.Find(t => t.Fidelity.IsFull && state.Objective.Gain(t.Score, target) >= 0) is { } hit)
        {
            return Ended(StageExit.Target, Words("trial {0} reached {1:G6}, the target is {2:G6}", hit.Number, hit.Score, target), first);
        }

        past.RemoveAll(t => t.Fidelity != plan.Fidelity);
        if (budget.Patience is { } patience && past.Count > 0)
        {
            var best = past.MinBy(t => t.Score, Comparer<double>.Create(state.Objective.Compare))!;
            var since = state.NextNumber - lag - 1 - Math.Max(best.Number, first);
            if (since >= patience)
            {
                return Ended(StageExit.Patience, Words("no improvement in {0} trials", since), first);
            }
        }

        return null;
    }

    // when it stops proposing; null: never for want of time
    private TimeSpan? Until(PassPlan plan)
        => plan.FirstUntil is not { } longer ? plan.Until : state.Baseline is null ? plan.Latest : plan.First[0].Lane.Trials.Any() ? plan.Until : longer;

    // when it stops waiting for what is under way
    private TimeSpan? Latest(PassPlan plan, TimeSpan begin)
    {
        var overtime = Until(plan) + (Overtime * (Until(plan) - begin));
        return plan.Latest < overtime ? plan.Latest : overtime;
    }

    private PassOutcome? Interruption(TimeSpan? latest, StageRecord? replay, int first, int owed, int pending)
    {
        if (replay is not null)
        {
            return null;
        }

        if (leave.IsCancellationRequested || (stop.IsCancellationRequested && (pending > 0 || state.NextNumber > owed)))
        {
            return Ended(StageExit.Stopped, Stopped, first);
        }

        if (state.NextNumber <= owed)
        {
            return null;
        }

        if (clock.Elapsed >= latest)
        {
            return Ended(clock.TimeExit, clock.TimeReason, first);
        }

        if (budget.MemoryBytes is { } limit && memory.Bytes.All is var used && used > limit)
        {
            return Ended(StageExit.Memory, Words("the run uses {0} MB, budget.memory allows {1} MB", used >> 20, limit >> 20), first);
        }

        return null;
    }

    private PassOutcome Ended(StageExit exit, string reason, int first) => new(exit, reason, state.NextNumber - first);

    private static string Words(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);

    /// <summary>The proposals of one pass, in order.</summary>
    private sealed class Proposer
    {
        private readonly PassPlan _plan;
        private readonly LaneChoice _choice;
        private readonly Dictionary<Lane, Turn> _turns;
        private readonly List<Lane> _open;
        private int _first;

        public Proposer(PassPlan plan, bool timed, Seed seed, int first)
        {
            (_plan, _choice) = (plan, new LaneChoice(plan.Fidelity, timed, seed));
            _open = plan.Sampler is null ? [] : [.. plan.Lanes];
            _turns = _open.Select((lane, i) => new Turn(lane, plan, seed.Child(lane.Id), PlannedFor(plan, i), first)).ToDictionary(t => t.Lane);
            Lag = _turns.Values.Select(t => t.Sampler.Lag).Append(LongestLag).Min();
        }

        public int Lag { get; }

        public bool OnlyFirst => _turns.Count == 0;

        public (Lane Lane, Configuration Configuration)? Next(int number)
        {
            if (_first < _plan.First.Count)
            {
                var (lane, configuration) = _plan.First[_first++];
                lane.Propose(number, lane.Trainer.Space.ToUnit(configuration), configuration, _plan.Fidelity);
                return (lane, configuration);
            }

            while (_open.Count > 0)
            {
                var lane = _choice.Next(_open, number, (long)number - Lag);
                if (_turns[lane].Next(number, Lag) is { } configuration)
                {
                    return (lane, configuration);
                }

                _open.Remove(lane);
            }

            return null;
        }

        private static int? PlannedFor(PassPlan plan, int lane)
        {
            if (plan.Trials is not { } trials)
            {
                return null;
            }

            var turns = Math.Max(0, trials - plan.First.Count);
            var own = (turns / plan.Lanes.Count) + (lane < turns % plan.Lanes.Count ? 1 : 0);
            return Math.Max(0, own - (plan.Starts.GetValueOrDefault(plan.Lanes[lane])?.Count ?? 0));
        }
    }

    /// <summary>One lane's sampler in one pass.</summary>
    private sealed class Turn(Lane lane, PassPlan plan, Seed seed, int? planned, int first)
    {
        private readonly Queue<Configuration> _known = new(plan.Starts.GetValueOrDefault(lane) ?? []);
        private readonly double[][] _start = [.. lane.Ranked(lane.RankingFidelity(1, [])).Take(8).Select(t => t.Seen.Point)];
        private readonly double[]? _cheap = lane.Trials.All(t => t.Stage == StagedSearch.DefaultsStage) ? lane.Trainer.Space.ToUnit(lane.Trainer.Cheap) : null;
        private readonly NewProposals _proposals = new(plan.Samplers(plan.Sampler!));

        public Lane Lane => lane;

        public ISampler Sampler => _proposals.Sampler;

        public Configuration? Next(int number, int lag)
        {
            while (_known.TryDequeue(out var known))
            {
                if (!lane.HasTried(known, plan.Fidelity))
                {
                    lane.Propose(number, lane.Trainer.Space.ToUnit(known), known, plan.Fidelity);
                    return known;
                }
            }

            var before = (long)number - lag;
            var history = Sampler.Lag == int.MaxValue ? SearchHistory.Empty : lane.HistoryBefore(before);
            var request = new SamplerRequest(lane.Trainer.Space, Sampler.FindsItsRegion ? lane.Whole : lane.Box, history, 0, plan.Pass, planned, _start, seed) { UnderWay = lane.PointsFrom(before), Rows = plan.Fidelity.Share, Cheap = _cheap };
            if (_proposals.Next(request, lane.At, c => lane.HasTried(c, plan.Fidelity), c => lane.Answer(c, plan.Fidelity, Math.Max(first, before))) is not var (point, configuration))
            {
                return null;
            }

            lane.Propose(number, point, configuration, plan.Fidelity);
            return configuration;
        }
    }
}
