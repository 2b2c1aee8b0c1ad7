using TuneLab.Experiments.Running;
using TuneLab.Pruners;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>
/// Runs the stages of a plan up to confirm: the defaults, then each stage's passes, then, while a time budget lasts, refine again from a new start.
/// </summary>
internal sealed class StagedSearch(LoadedExperiment experiment, SearchState state, PassRunner passes, RunClock clock, BudgetKind kind, Func<TimeSpan?> searchUntil, bool raised, Action<StageStart> started, Action<StageRecord, bool> ended)
{
    /// <summary>The name under which the trainers' defaults stand in every table.</summary>
    public const string DefaultsStage = "defaults";

    // the same shares whatever the stages are called; confirm's is kept back by the caller
    private static readonly double[] Shares = [0.35, 0.30, 0.25];

    // what the defaults may take of the time: a trainer whose default is not through by then is too slow for the budget
    private const double DefaultsShare = 0.2;
    private const int EnoughToShrink = 4;
    private const int RestartsWithoutGain = 3;

    // what was decided since the last pass began, for the next one to tell
    private readonly List<string> _notes = [];

    // fractions of rows that ranked configurations badly
    private readonly HashSet<double> _ranksBadly = [];

    private double TestTrainRatio => 1.0 / Math.Max(1, experiment.Resolved.Plan.Validate.Folds - 1);

    private static IPruner? Pruner(StagePlan stage) => PrunerCatalog.Find(stage.Prune ?? PrunerCatalog.None);

    private IReadOnlyList<Lane> In => [.. state.Lanes.Where(l => l.Dropped is null)];

    /// <summary>Searches; false when it was stopped before its plan was through.</summary>
    public bool Run()
    {
        if (!Defaults(state.Lanes))
        {
            return false;
        }

        var begin = clock.Elapsed;
        var stages = experiment.Resolved.Stages.Where(s => s.Name != "confirm").ToList();
        var shares = stages.Select((s, i) => s.Share ?? Shares[Math.Min(i, Shares.Length - 1)]).ToList();
        for (var i = 0; i < stages.Count; i++)
        {
            TimeSpan? until = searchUntil() is { } end ? begin + (end - begin) * (shares.Take(i + 1).Sum() / shares.Sum()) : null;
            if (!Stage(stages[i], until))
            {
                return false;
            }
        }

        return Restarts(stages, extended: raised);
    }

    /// <summary>Goes on after a confirm, because the budget was raised since; false when it was stopped.</summary>
    public bool Extend() => Restarts([.. experiment.Resolved.Stages.Where(s => s.Name != "confirm")], extended: true);

    // Under a time limit the plan's first trainer comes first, then the cheap ones, and the slow ones may be cut off, so that there is time left to search.
    private bool Defaults(IReadOnlyList<Lane> lanes)
    {
        var end = searchUntil();
        IReadOnlyList<Lane> ordered = kind == BudgetKind.Trials ? lanes : [lanes[0], .. lanes.Skip(1).OrderBy(l => l.DefaultCost)];
        var until = clock.Elapsed + DefaultsShare * (end - clock.Elapsed);
        if (!Pass(new PassPlan { Pass = state.NextPass, Stage = DefaultsStage, Of = (1, 1), Lanes = lanes, First = [.. ordered.Select(l => (l, l.Trainer.Default))], Rows = 1, Trials = lanes.Count, Until = until, Latest = end, AwaitsBaseline = true }))
        {
            return false;
        }

        foreach (var lane in state.Stages[^1].Exit is not ("time" or "deadline") ? [] : lanes.Where(l => !l.Trials.Any()))
        {
            lane.Dropped = string.Create(CultureInfo.InvariantCulture, $"{lane.Id} left out: its default did not end within the defaults' share of the time ({DefaultsShare:P0})");
            _notes.Add(lane.Dropped);
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

        Array.ForEach(untried, l => l.Dropped = null);
        return Defaults(untried);
    }

    private bool Stage(StagePlan stage, TimeSpan? until)
    {
        var begin = clock.Elapsed;
        for (var pass = 1; pass <= stage.Passes && !BudgetUsed; pass++)
        {
            TimeSpan? passUntil = until is { } end ? begin + (end - begin) * ((double)pass / stage.Passes) : null;
            var polish = stage.Name == "polish";
            var notes = polish || stage.Name == "refine" ? Focus(stage) : [];
            var promoted = Promote(stage, polish ? 3 : 2);
            var left = stage.Trials;
            if (promoted.Count > 0 && polish)
            {
                // the sampler starts from what the promoted ones score, so they are a pass of their own
                if (!Pass(new PassPlan { Pass = state.NextPass, Stage = stage.Name, Of = (pass, stage.Passes), Lanes = In, First = promoted, Pruner = Pruner(stage), Rows = stage.Rows, Trials = Math.Min(promoted.Count, left ?? int.MaxValue), Until = passUntil, Latest = searchUntil(), Notes = notes }))
                {
                    return false;
                }

                left -= Math.Min(promoted.Count, left ?? 0);
                (promoted, notes) = ([], TrainerElimination.Apply(In, state.Objective, TestTrainRatio, 2));
            }

            if (left is <= 0)
            {
                continue;
            }

            var next = new PassPlan { Pass = state.NextPass, Stage = stage.Name, Of = (pass, stage.Passes), Lanes = In, First = promoted, Sampler = stage.Sampler, Pruner = Pruner(stage), Rows = stage.Rows, Trials = left, Until = passUntil, Latest = searchUntil(), Notes = notes };
            if (!(stage.Halving is null ? Pass(next) : Halve(stage, next)))
            {
                return false;
            }
        }

        return true;
    }

    // The first rung is the pass itself, on fewer rows; each further one is a pass whose configurations are the best of the one before.
    private bool Halve(StagePlan stage, PassPlan plan)
    {
        var rungs = Rungs.Of(stage, plan.Of.Number).Where(r => !_ranksBadly.Contains(r.Rows)).ToList();
        var begin = clock.Elapsed;
        for (var i = 0; i < rungs.Count && !BudgetUsed; i++)
        {
            TimeSpan? until = plan.Until is { } end ? begin + ((end - begin) * ((i + 1.0) / rungs.Count)) : null;
            var own = plan with { Pass = state.NextPass, Rows = rungs[i].Rows, Until = until };
            if (i == 0)
            {
                own = own with { Trials = rungs[i].Trials, First = Untried(plan.First, rungs[i].Rows) };
            }
            else
            {
                var best = Best(rungs[i - 1].Rows, state.NextPass - 1);
                var count = Math.Min(best.Count, rungs[i].Trials ?? (int)Math.Ceiling((double)state.Stages[^1].Trials / stage.Halving!.Value));
                // one from the middle and the last one: the best alone would not show whether fewer rows rank well
                var chosen = Enumerable.Range(0, count).Union(count > 2 ? [best.Count / 2, best.Count - 1] : []);
                own = own with { First = Untried([.. chosen.Select(at => best[at])], rungs[i].Rows), Sampler = null, Notes = [] };
                own = own with { Trials = own.First.Count };
            }

            if ((i == 0 || own.First.Count > 0) && !Pass(own))
            {
                return false;
            }

            if (i > 0 && FidelityRanks.Between(In, rungs[i - 1].Rows, rungs[i].Rows) is var (correlation, pairs, badly))
            {
                _notes.Add(FidelityRanks.Words(rungs[i - 1].Rows, rungs[i].Rows, correlation, pairs, badly));
                if (badly)
                {
                    _ranksBadly.Add(rungs[i - 1].Rows); // left out from the next pass on
                }
            }
        }

        return true;
    }

    private static IReadOnlyList<(Lane Lane, Configuration Configuration)> Untried(IReadOnlyList<(Lane Lane, Configuration Configuration)> configurations, double rows)
        => [.. configurations.Where(c => !c.Lane.HasTried(c.Configuration, rows))];

    // the completed trials of a pass over all lanes, best first
    private List<(Lane Lane, Configuration Configuration)> Best(double rows, int pass)
        => [.. In.SelectMany(lane => lane.Ranked(rows).Where(t => t.Trial.Pass == pass).Select(t => (Lane: lane, t.Trial, t.Seen.Loss))).OrderBy(t => t.Loss).ThenBy(t => t.Trial.Number).Select(t => (t.Lane, t.Trial.Configuration))];

    // Time left over: refine from a new start until nothing comes of it any more.
    private bool Restarts(List<StagePlan> stages, bool extended)
    {
        var refine = stages.Find(s => s.Name == "refine") ?? new StagePlan { Name = "refine", Sampler = "sobol", Prune = stages.FirstOrDefault()?.Prune };

        if (extended && !SlowDefaults())
        {
            return false;
        }

        var barren = 0;
        for (var round = 0; state.StoredStages.ContainsKey(state.NextPass) || (barren < RestartsWithoutGain && (TimeLeft() || (extended && searchUntil() is null && !BudgetUsed))); round++)
        {
            if (state.StoredStages.GetValueOrDefault(state.NextPass)?.Stage == "confirm")
            {
                break;
            }

            var before = state.Best;
            foreach (var lane in In)
            {
                lane.Box = Hypercube.Whole(lane.Trainer.Space);
            }

            if (!Pass(new PassPlan { Pass = state.NextPass, Stage = refine.Name, Of = (round + 1, round + 1), Lanes = In, Sampler = "random", Pruner = Pruner(refine), Rows = refine.Rows, Trials = Math.Max(In.Count * 8, refine.Trials ?? 0), Until = searchUntil(), Latest = searchUntil(), Notes = [extended ? "the budget was raised: refine again from a new start" : "time is left: refine again from a new start"] })
                || !Stage(refine with { Passes = Math.Max(2, refine.Passes), Trials = refine.Trials ?? In.Count * 12 }, searchUntil())
                || !Stage(stages.Find(s => s.Name == "polish") ?? new StagePlan { Name = "polish", Sampler = "gp", Trials = In.Count * 12, Prune = refine.Prune }, searchUntil()))
            {
                return false;
            }

            barren = ReferenceEquals(before, state.Best) ? barren + 1 : 0;
        }

        return true;
    }

    private bool BudgetUsed => experiment.Resolved.Plan.Budget.Trials is { } all && state.Counted >= all;

    private bool TimeLeft()
        => searchUntil() is { } end && (end - clock.Elapsed).TotalSeconds > 0.05 * end.TotalSeconds && !BudgetUsed
            && (experiment.Resolved.Plan.Budget.Target is not { } target || state.Best is not { } best || state.Objective.Gain(best.Score, target) < 0);

    /// <summary>Shrinks each lane's hypercube around its best trials and drops the lanes that lost.</summary>
    private IReadOnlyList<string> Focus(StagePlan stage)
    {
        var notes = new List<string>(TrainerElimination.Apply(In, state.Objective, TestTrainRatio, stage.Name == "polish" ? 2 : int.MaxValue));
        foreach (var lane in In)
        {
            var ranked = lane.Ranked(lane.RankingRows(EnoughToShrink));
            if (ranked.Count < EnoughToShrink || lane.Trainer.Space.Dimensions == 0 || stage.Name == "polish")
            {
                continue; // polish works in the hypercube that refine left
            }

            // pruned ones count into the share that is kept, behind those completed
            var shrunk = HypercubeShrinker.Shrink(lane.Box, [.. ranked.Select(r => r.Seen), .. lane.PrunedAt(ranked[0].Trial.Rows)], stage.Keep, stage.Shrink, loss => state.Objective.HigherIsBetter ? -loss : loss);
            lane.Box = shrunk.Box;
            notes.AddRange(shrunk.Notes.Select(n => lane.Id + "." + n));
        }

        return notes;
    }

    /// <summary>The best of a lower fidelity that have not been run at the stage's: they open it. At most one more than a single lane may have, so that lanes that are behind cost little.</summary>
    private List<(Lane Lane, Configuration Configuration)> Promote(StagePlan stage, int perLane)
    {
        var lower = In.SelectMany(l => l.Trials).Where(t => t.Status == TrialStatus.Completed && t.Rows < stage.Rows).Select(t => t.Rows).DefaultIfEmpty().Max();
        return
        [
            .. In.SelectMany(lane => lane.Ranked(lower).Where(r => !lane.HasTried(r.Trial.Configuration, stage.Rows)).Take(perLane).Select(r => (Lane: lane, r.Trial, r.Seen.Loss)))
                .OrderBy(p => p.Loss).ThenBy(p => p.Trial.Number).Take(perLane + 1).Select(p => (p.Lane, p.Trial.Configuration)),
        ];
    }

    private bool Pass(PassPlan plan)
    {
        plan = plan with { Notes = [.. _notes, .. plan.Notes] };
        _notes.Clear();
        state.NextPass++;
        var begin = clock.Elapsed;
        started(new StageStart(plan.Pass, plan.Stage, plan.Of.Number, plan.Of.Of, plan.Trials, [.. plan.Lanes.Select(l => l.Id)], plan.Rows));
        var outcome = passes.Run(plan);
        var record = new StageRecord(plan.Pass, plan.Stage, outcome.Exit.ToString().ToLowerInvariant(), outcome.Reason, outcome.Proposed, (clock.Elapsed - begin).TotalSeconds, plan.Notes);
        record = state.StoredStages.GetValueOrDefault(plan.Pass) ?? record;
        state.Stages.Add(record);
        // without a single default there is no baseline: the pass stays open too, so that a raised budget begins with it
        var open = outcome.Exit == StageExit.Stopped || (plan.Stage == DefaultsStage && outcome.Exit != StageExit.Trials && state.Baseline is null);
        ended(record, open);
        return !open;
    }
}
