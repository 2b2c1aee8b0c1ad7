using TuneLab.Experiments.Running;
using TuneLab.Pruners;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>
/// Runs the stages of a plan up to confirm: the defaults, then each stage's passes, then, while a time budget lasts or where hypercubes had no room for all trials, refine again from a new start.
/// </summary>
internal sealed class StagedSearch(LoadedExperiment experiment, SearchState state, PassRunner passes, PausedRuns paused, RunClock clock, BudgetKind kind, int? trials, IReadOnlyList<Configuration> prior, Func<TimeSpan?> searchUntil, RestMeter rest, bool raised, Action<StageStart> started, Action<StageRecord, bool> ended)
{
    /// <summary>The name under which the trainers' defaults stand in every table.</summary>
    public const string DefaultsStage = "defaults";

    // what the defaults may take of the time: a trainer whose default is not through by then is too slow for the budget
    private const double DefaultsShare = 0.2;

    // but the plan's first trainer, which is the one most likely to win, may take so much
    private const double FirstShare = 0.5;
    private const int RestartsWithoutGain = 3;
    private const int MostKept = 2;

    // of its own time, what a last stage that gives less may leave for its best to be run on everything
    private const double LeastToClose = 0.1;
    private const double MostToClose = 0.5;

    // what was decided since the last pass began, for the next one to tell
    private readonly List<string> _notes = [];

    private readonly Promotions _promotions = new(state, kind);

    private bool _boxExhausted;

    private readonly Seed _seed = new Seed((ulong)experiment.Resolved.Plan.Seed).Child("importance");

    private double TestTrainRatio => 1.0 / Math.Max(1, experiment.Resolved.Plan.Validate.Folds - 1);

    private static IPruner? Pruner(StagePlan stage) => PrunerCatalog.Find(stage.Prune ?? PrunerCatalog.None);

    /// <summary>Searches; false when it was stopped before its plan was through.</summary>
    public bool Run()
    {
        if (!Defaults(state.Lanes) || !LateDefaults())
        {
            return false;
        }

        var begin = clock.Elapsed;
        var stages = experiment.Resolved.Stages.Where(s => s.Name != "confirm").ToList();
        var shares = StageParts.Shares(stages);
        for (var i = 0; i < stages.Count; i++)
        {
            TimeSpan? until = searchUntil() is { } end ? begin + (end - begin) * (shares.Take(i + 1).Sum() / shares.Sum()) : null;
            var last = i + 1 == stages.Count;
            var stage = (trials ?? experiment.Resolved.Plan.Budget.Trials) is { } all && !IsTimed ? StageParts.WithTrials(stages, i, all - state.Counted, passes.Folds) : stages[i];
            if (!Stage(stage, HasRoom(until) ? searchUntil() : last ? LessWhatCloses(stage, until) : until))
            {
                return false;
            }

            var closes = kind == BudgetKind.Time ? last || !_promotions.Raised(Rungs.Start(stages[i + 1], passes.Folds)).IsFull : last && !RunOnEverything;
            if (closes && !Close(stage, last))
            {
                return false;
            }
        }

        return Restarts(stages, extended: raised);
    }

    // Where trials are the budget and all of them are thought to fit before the deadline, no stage is cut for the sake of the next ones.
    private bool HasRoom(TimeSpan? until)
        => until is not null && kind != BudgetKind.Time && clock.DeadlineComesFirst && rest.Read(state.Finished) is var (forecast, at) && forecast.Left is { } left && at + TimeSpan.FromSeconds(left.High) < clock.Limit;

    /// <summary>Goes on after a confirm, because the budget was raised since; false when it was stopped.</summary>
    public bool Extend() => Restarts([.. experiment.Resolved.Stages.Where(s => s.Name != "confirm")], extended: true);

    // Under a time limit the plan's first trainer comes first, then the cheap ones, and the slow ones may be cut off, so that there is time left to search.
    private bool Defaults(IReadOnlyList<Lane> lanes)
    {
        var end = searchUntil();
        IReadOnlyList<Lane> ordered = kind == BudgetKind.Trials ? lanes : [lanes[0], .. lanes.Skip(1).OrderBy(l => l.DefaultCost)];
        var (begin, left) = (clock.Elapsed, end - clock.Elapsed);
        var firstShare = lanes[0] == state.Lanes[0] ? FirstShare : DefaultsShare;
        if (!Pass(new PassPlan { Pass = state.NextPass, Stage = DefaultsStage, Of = (1, 1), Lanes = lanes, First = [.. ordered.Select(l => (l, l.Trainer.Default))], Fidelity = Fidelity.Full, Trials = lanes.Count, Until = begin + DefaultsShare * left, FirstUntil = begin + firstShare * left }))
        {
            return false;
        }

        foreach (var lane in state.Stages[^1].Exit is not ("time" or "deadline") ? [] : lanes.Where(l => !l.Trials.Any()))
        {
            lane.Drop(string.Create(CultureInfo.InvariantCulture, $"{lane.Id} left out: its default did not end within its share of the time ({(lane == ordered[0] ? firstShare : DefaultsShare):P0})"), by: null, sitsOut: false);
            _notes.Add(lane.Dropped!);
        }

        return true;
    }

    // With more trials there may be enough for those that fewer were not enough for.
    private bool LateDefaults()
    {
        while (state.Stages[^1].Exit == "trials" && state.In.Where(l => !l.Trials.Any()).ToArray() is { Length: > 0 } untried
            && (state.StoredStages.TryGetValue(state.NextPass, out var stored) && stored.Stage != "confirm" ? stored.Stage == DefaultsStage : !BudgetUsed))
        {
            if (!Defaults(untried))
            {
                return false;
            }
        }

        return true;
    }

    // With more time there may be enough for those that were too slow.
    private bool SlowDefaults()
    {
        Lane[] untried = [.. state.Lanes.Where(l => l.Dropped is not null && !l.Trials.Any())];
        if (untried.Length == 0 || !(state.StoredStages.TryGetValue(state.NextPass, out var stored) ? stored.Stage == DefaultsStage : TimeLeft()))
        {
            return true;
        }

        Array.ForEach(untried, l => l.ComeBack());
        return Defaults(untried);
    }

    private bool Stage(StagePlan stage, TimeSpan? until)
    {
        var begin = clock.Elapsed;
        var leading = TimeSpan.Zero; // what leaders took between passes: on dear tables it would leave the other passes nothing
        for (var pass = 1; pass <= stage.Passes && !IsUsed(Kept(_promotions.Raised(Rungs.Start(stage, passes.Folds)))); pass++)
        {
            TimeSpan? passUntil = until is { } end ? begin + (leading < end - begin ? leading : end - begin) + ((end - begin) * ((double)pass / stage.Passes)) : null;
            var (asked, polish, refine) = (Rungs.Start(stage, passes.Folds), stage.Name == "polish", stage.Name == "refine");
            var at = stage.Halving is null ? _promotions.Raised(asked) : asked;
            if (at != asked)
            {
                _notes.Add($"{at} instead of {asked}, which ranked too badly to go by");
            }

            var next = new PassPlan { Pass = state.NextPass, Stage = stage.Name, Of = (pass, stage.Passes), Lanes = state.In, Pruner = Pruner(stage), Fidelity = at, Trials = stage.Trials, Until = passUntil };
            var movesUp = stage.Halving is null && (polish || (refine && pass == 1));
            var notes = polish || (refine && movesUp) ? Eliminate(polish) : refine ? Focus(stage) : [];
            // under a time limit what a lower fidelity ranked behind those promoted before is worth less than the time
            var (promoted, lower) = kind == BudgetKind.Time && pass > 1 ? ([], at) : Promote(stage, at, polish ? 3 : 2, Math.Max(1, (stage.Trials ?? int.MaxValue) / 2), judged: stage.Halving is null);
            if (movesUp && promoted.Count > 0)
            {
                // the sampler starts from what the promoted ones score, and they show whether the lower fidelity is to be gone by: so they are a pass of their own
                var own = Math.Min(promoted.Count, stage.Trials ?? int.MaxValue);
                if (!Pass(next with { Lanes = state.In, First = promoted, Judges = lower, Trials = own, Notes = notes }))
                {
                    return false;
                }

                next = next with { Trials = stage.Trials - own };
                (promoted, notes) = ([], polish ? Eliminate(polish) : []);
            }

            notes = refine && movesUp ? [.. notes, .. Focus(stage)] : notes;
            if (next.Trials is <= 0)
            {
                continue;
            }

            var (known, starts) = (promoted.Count == 0 ? Known(at) : [], Starts(stage, at));
            notes = [.. notes, .. Told(known), .. Told(starts)];
            promoted = [.. promoted, .. known];
            next = next with { Pass = state.NextPass, Lanes = state.In, First = promoted, Starts = starts, Sampler = stage.Sampler, Judges = promoted.Count > 0 && lower != at ? lower : null, Notes = notes };
            if (!(stage.Halving is null ? Pass(next) : Halve(stage, next)))
            {
                return false;
            }

            var passed = clock.Elapsed;
            if (kind == BudgetKind.Time && pass < stage.Passes && !TryLeader(stage, pass))
            {
                return false;
            }

            leading += clock.Elapsed - passed;
        }

        return true;
    }

    // Where the next stage does not begin with it either, the best of a stage that scored on fewer folds are run on everything, so that who stops the search here has something better than a default; and of the last stage whatever it gave less of.
    private bool Close(StagePlan stage, bool last)
    {
        if (BudgetUsed || (kind == BudgetKind.Time && _promotions.Raised(Rungs.Start(stage, passes.Folds)).Folds == 1 && !(last && GivesLess(stage))))
        {
            return true;
        }

        var (promoted, lower) = Promote(stage, Fidelity.Full, perLane: MostKept, most: MostKept, judged: false);
        return TryOnAll(stage, stage.Passes, promoted, lower);
    }

    private bool GivesLess(StagePlan stage) => stage.Halving is null && !_promotions.Raised(Rungs.Start(stage, passes.Folds)).IsFull;

    // A last stage that gives less leaves time to run its best on everything, by what the two best trainers took for that so far.
    private TimeSpan? LessWhatCloses(StagePlan stage, TimeSpan? until)
    {
        if (until is not { } end || !GivesLess(stage) || (!IsTimed && RunOnEverything))
        {
            return until;
        }

        var leading = state.In.Select(l => l.Ranked(Fidelity.Full)).Where(r => r.Count > 0).OrderBy(r => r[0].Seen.Loss).ThenBy(r => r[0].Trial.Number).Take(MostKept);
        var slowest = leading.SelectMany(r => r).Select(r => r.Trial.FinishedSeconds - r.Trial.StartedSeconds).DefaultIfEmpty(0).Max();
        var left = Math.Max(0, (end - clock.Elapsed).TotalSeconds);
        return end - TimeSpan.FromSeconds(Math.Clamp(1.5 * slowest, LeastToClose * left, MostToClose * left));
    }

    // Between passes that are given less whoever leads there is run on everything, if it was not: what is good is had early.
    private bool TryLeader(StagePlan stage, int pass)
    {
        var at = _promotions.Raised(Rungs.Start(stage, passes.Folds));
        if (BudgetUsed || at.IsFull || stage.Halving is not null)
        {
            return true;
        }

        var leader = state.In.Select(lane => (Lane: lane, Ranked: lane.Ranked(at))).Where(l => l.Ranked.Count > 0).Select(l => (l.Lane, l.Ranked[0].Trial, l.Ranked[0].Seen.Loss)).OrderBy(l => l.Loss).ThenBy(l => l.Trial.Number).Take(1);
        return TryOnAll(stage, pass, Untried([.. leader.Select(l => (l.Lane, l.Trial.Configuration))], Fidelity.Full), at);
    }

    // A resumed run has less time than there was: whether the pass was run is then for the store to say.
    private bool TryOnAll(StagePlan stage, int pass, IReadOnlyList<(Lane Lane, Configuration Configuration)> best, Fidelity lower)
    {
        var goesOn = kind != BudgetKind.Time
            || (state.StoredStages.TryGetValue(state.NextPass, out var stored) ? stored.Stage == stage.Name && stored.Trials > 0 && state.Stored.Values.Where(t => t.Pass == stored.Pass).All(t => t.Fidelity.IsFull)
                : searchUntil() is not { } end || TimeLeft() || (!RunOnEverything && end > clock.Elapsed));
        return best.Count == 0 || !goesOn
            || Pass(new PassPlan { Pass = state.NextPass, Stage = stage.Name, Of = (pass, stage.Passes), Lanes = state.In, First = best, Judges = lower, Fidelity = Fidelity.Full, Trials = best.Count, Until = searchUntil(), Pruner = Pruner(stage) });
    }

    // The first rung is the pass itself, given less; each further one is a pass whose configurations are the best of the one before.
    private bool Halve(StagePlan stage, PassPlan plan)
    {
        var rungs = Rungs.Of(stage, plan.Of.Number, passes.Folds).Where(r => !_promotions.Badly.Contains(r.Fidelity)).ToList();
        var begin = clock.Elapsed;
        for (var i = 0; i < rungs.Count && !BudgetUsed; i++)
        {
            TimeSpan? until = plan.Until is { } end ? begin + ((end - begin) * ((i + 1.0) / rungs.Count)) : null;
            var own = plan with { Pass = state.NextPass, Fidelity = rungs[i].Fidelity, Until = until };
            if (i == 0)
            {
                own = own with { Trials = rungs[i].Trials, First = Untried(plan.First, rungs[i].Fidelity) };
            }
            else
            {
                var best = Best(rungs[i - 1].Fidelity, state.NextPass - 1);
                var count = Math.Min(best.Count, rungs[i].Trials ?? (int)Math.Ceiling((double)state.Stages[^1].Trials / stage.Halving!.Value));
                // one from the middle and the last one: the best alone would not show whether less is enough to rank well
                var chosen = Enumerable.Range(0, count).Union(count > 2 ? [best.Count / 2, best.Count - 1] : []);
                own = own with { First = Untried([.. chosen.Select(at => best[at])], rungs[i].Fidelity), Sampler = null, Judges = rungs[i - 1].Fidelity, Notes = [] };
                own = own with { Trials = own.First.Count };
                paused.Prefer(own.First.Select(f => f.Configuration));
            }

            if ((i == 0 || own.First.Count > 0) && !Pass(own))
            {
                return false;
            }
        }

        paused.Prefer([]);
        return true;
    }

    // what earlier experiments found on the same data comes first of all that is searched
    private List<(Lane Lane, Configuration Configuration)> Known(Fidelity at)
        => state.Stages.Any(s => s.Stage != DefaultsStage) ? [] : [.. prior.SelectMany(c => state.In.Where(l => l.Id == c.Trainer && !l.HasTried(c, at)).Select(l => (l, c)))];

    // a trainer's most useful ones first, those left out that it has tried
    private Dictionary<Lane, IReadOnlyList<Configuration>> Starts(StagePlan stage, Fidelity at)
        => state.In.Select(l => (Lane: l, Own: (IReadOnlyList<Configuration>)[.. l.Trainer.Starts.Take(stage.Starts).Where(c => !l.HasTried(c, at))])).Where(l => l.Own.Count > 0).ToDictionary(l => l.Lane, l => l.Own);

    private static IEnumerable<string> Told(List<(Lane Lane, Configuration Configuration)> known)
    {
        if (known.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"begins with {known.Count} configuration{(known.Count == 1 ? "" : "s")} that did well on these data in experiments before");
        }
    }

    private static IEnumerable<string> Told(Dictionary<Lane, IReadOnlyList<Configuration>> starts)
    {
        if (starts.Count > 0)
        {
            yield return "a trainer's turns begin with configurations that did well on other tables: " + string.Join(", ", starts.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key.Id} with {s.Value.Count}")));
        }
    }

    private static IReadOnlyList<(Lane Lane, Configuration Configuration)> Untried(IReadOnlyList<(Lane Lane, Configuration Configuration)> configurations, Fidelity fidelity)
        => [.. configurations.Where(c => !c.Lane.HasTried(c.Configuration, fidelity))];

    // the completed trials of a pass over all lanes, best first
    private List<(Lane Lane, Configuration Configuration)> Best(Fidelity fidelity, int pass)
        => [.. state.In.SelectMany(lane => lane.Ranked(fidelity).Where(t => t.Trial.Pass == pass).Select(t => (Lane: lane, t.Trial, t.Seen.Loss))).OrderBy(t => t.Loss).ThenBy(t => t.Trial.Number).Select(t => (t.Lane, t.Trial.Configuration))];

    // Time left over, or trials that smaller and smaller hypercubes had no room for: refine from a new start until nothing comes of it any more.
    private bool Restarts(List<StagePlan> stages, bool extended)
    {
        var refine = stages.Find(s => s.Name == "refine") ?? new StagePlan { Name = "refine", Sampler = "sobol", Prune = stages.FirstOrDefault()?.Prune };

        var polish = stages.Find(s => s.Name == "polish") ?? new StagePlan { Name = "polish", Sampler = "gp", Prune = refine.Prune };
        if (extended && !SlowDefaults())
        {
            return false;
        }

        var barren = 0;
        for (var round = 0; state.StoredStages.ContainsKey(state.NextPass) || (barren < RestartsWithoutGain && (TimeLeft() || ((extended || (_boxExhausted && experiment.Resolved.Plan.Budget.Trials is not null)) && (clock.OnlyCuts || searchUntil() is null) && !BudgetUsed))); round++)
        {
            if (state.StoredStages.GetValueOrDefault(state.NextPass)?.Stage == "confirm")
            {
                break;
            }

            var before = state.Best;
            foreach (var lane in state.Lanes.Where(l => l.SitsOut))
            {
                lane.ComeBack();
            }

            foreach (var lane in state.In)
            {
                (lane.Box, lane.ShrunkBy) = (lane.Whole, null);
            }

            if (!Pass(new PassPlan { Pass = state.NextPass, Stage = refine.Name, Of = (round + 1, round + 1), Lanes = state.In, Sampler = "random", Pruner = Pruner(refine), Fidelity = _promotions.Raised(Rungs.Start(refine, passes.Folds)), Trials = Math.Max(state.In.Count * 8, refine.Trials ?? 0), Until = searchUntil(), Notes = [(extended ? "the budget was raised" : TimeLeft() ? "time is left" : "a hypercube is used up, trials are left") + ": refine again from a new start"] }))
            {
                return false;
            }

            if (state.Stages[^1].Trials == 0)
            {
                break; // nothing new, or no time for it
            }

            if (!Stage(refine with { Passes = Math.Max(2, refine.Passes), Trials = refine.Trials ?? state.In.Count * 12 }, searchUntil())
                || !Stage(polish with { Trials = polish.Trials ?? state.In.Count * 12 }, searchUntil()))
            {
                return false;
            }

            barren = ReferenceEquals(before, state.Best) ? barren + 1 : 0;
        }

        return true;
    }

    // whether time says when the search is over; one begun under a time limit may be continued under one in trials
    private bool IsTimed => kind == BudgetKind.Time && searchUntil() is not null;

    private bool BudgetUsed => IsUsed(kept: 0);

    private bool IsUsed(int kept) => experiment.Resolved.Plan.Budget.Trials - kept <= state.Counted;

    // Whether something besides the defaults has been.
    private bool RunOnEverything => state.Searched.Any(t => t.Stage != DefaultsStage && t.Fidelity.IsFull && t.Status == TrialStatus.Completed);

    // Passes that give less leave so many trials of the budget for their best, as long as nothing was run on everything.
    private int Kept(Fidelity fidelity)
        => !IsTimed && !fidelity.IsFull && experiment.Resolved.Plan.Budget.Trials is { } all && !RunOnEverything ? Math.Min(MostKept, all / 4) : 0;

    private bool TimeLeft()
        => !clock.OnlyCuts && searchUntil() is { } end && (end - clock.Elapsed).TotalSeconds > 0.05 * end.TotalSeconds && !BudgetUsed
            && (experiment.Resolved.Plan.Budget.Target is not { } target || state.Best is not { } best || state.Objective.Gain(best.Score, target) < 0);

    private IReadOnlyList<string> Eliminate(bool polish) => TrainerElimination.Apply(state.In, state.Objective, TestTrainRatio, polish ? 2 : int.MaxValue, _promotions.Badly);

    /// <summary>Drops the lanes that lost and, where the stage's sampler does not find its region itself, shrinks the others' hypercubes around their best trials.</summary>
    private IReadOnlyList<string> Focus(StagePlan stage)
    {
        var notes = new List<string>(Eliminate(polish: false));
        if (stage.Shrinks)
        {
            notes.AddRange(state.In.SelectMany(lane => LaneFocus.Shrink(lane, stage, state.Objective, _promotions.Badly, _seed.Child(lane.Id).Child(state.NextPass))));
        }

        return notes;
    }

    private (IReadOnlyList<(Lane Lane, Configuration Configuration)> Promoted, Fidelity Lower) Promote(StagePlan stage, Fidelity at, int perLane, int most, bool judged)
    {
        var (promoted, lower, note) = _promotions.To(at, perLane, most, judged ? stage.Trials ?? int.MaxValue : null);
        _notes.AddRange(note is null ? [] : [note]);
        return (promoted, lower);
    }

    private bool Pass(PassPlan plan)
    {
        var latest = searchUntil(); // may be nearer than when the stage began: the run was held, or what leads now takes longer to confirm
        plan = plan with { Kept = Kept(plan.Fidelity), Until = latest < plan.Until ? latest : plan.Until, Latest = latest, Notes = [.. _notes, .. plan.Notes] };
        _notes.Clear();
        while (state.WentElsewhere(plan.Stage, plan.Fidelity))
        {
            passes.TakeInPass();
        }

        plan = plan with { Pass = state.NextPass++ };
        var begin = clock.Elapsed;
        started(new StageStart(plan.Pass, plan.Stage, plan.Of.Number, plan.Of.Of, plan.Trials, [.. plan.Lanes.Select(l => l.Id)], plan.Fidelity));
        var outcome = passes.Run(plan);
        _boxExhausted |= outcome.Exit == StageExit.Exhausted && plan.Lanes.Any(l => l.ShrunkBy is not null);
        IReadOnlyList<string> shown = outcome.Exit == StageExit.Stopped ? [] : _promotions.Judge(plan);
        var record = new StageRecord(plan.Pass, plan.Stage, outcome.Exit.ToString().ToLowerInvariant(), outcome.Reason, outcome.Proposed, (clock.Elapsed - begin).TotalSeconds, [.. plan.Notes, .. shown]);
        record = state.StoredStages.GetValueOrDefault(plan.Pass) ?? record;
        state.Stages.Add(record);
        // without a single default there is no baseline: the pass stays open too, so that a raised budget begins with it
        var open = outcome.Exit == StageExit.Stopped || (plan.Stage == DefaultsStage && outcome.Exit != StageExit.Trials && state.Baseline is null);
        ended(record, open);
        return !open;
    }
}
