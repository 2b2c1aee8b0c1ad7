using System.Globalization;
using TuneLab.Experiments;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>Several trainers in one search: who gets the budget.</summary>
public sealed class LaneTests : IDisposable
{
    private readonly Bench _bench = new();

    [Fact]
    public void Run_SeveralTrainers_SameTrialsAtAnyNumberOfJobs()
    {
        var (one, four) = (Run(_bench.Plan(40), 1), Run(_bench.Plan(40), 4));
        Assert.Equal(Shown(one.Store), Shown(four.Store));
        Assert.Equal(3, one.Store.Trials(1).Select(t => t.Configuration.Trainer).Distinct().Count());
    }

    [Fact]
    public void Run_ATrainerThatIsFarBehind_GetsFewTrials()
    {
        // its rate is fixed so low that it learns nothing
        var plan = _bench.Plan(60) with { Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["b"] = new Dictionary<string, ParameterEdit> { ["rate"] = new() { Fixed = 0.001 } } } };
        var trials = Run(plan, 2).Store.Trials(1).Where(t => t.Stage is "coarse" or "refine").GroupBy(t => t.Configuration.Trainer).ToDictionary(g => g.Key, g => g.Count());
        Assert.True(trials["a"] + trials["c"] > 3 * trials.GetValueOrDefault("b"), string.Join(", ", trials));
    }

    [Fact]
    public void Run_TimeBudget_SlowDefaultIsCutOffWithTheReason()
    {
        var slow = new GradientTrainer("b", work: 1000) { OnRound = _ => Thread.Sleep(100) };
        var plan = _bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(5) }, Stages = [] };
        var (result, store) = Run(plan, 2, slow);
        Assert.True(result.Complete);
        Assert.DoesNotContain(store.Trials(1), t => t.Configuration.Trainer == "b");
        Assert.Contains(store.Stages(1).SelectMany(s => s.Notes), n => n.StartsWith("b left out: its default did not end", StringComparison.Ordinal));
        Assert.Equal("time", store.Stages(1)[0].Exit);
    }

    [Fact]
    public void Run_TimeBudgetRaised_ADefaultThatWasCutOffIsTriedAgain()
    {
        var store = new MemoryTrialStore(TimeProvider.System);
        var plan = _bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(4) }, Stages = [] };
        Run(store, plan, new GradientTrainer("a"), new GradientTrainer("b", work: 1000) { OnRound = _ => Thread.Sleep(100) });
        Assert.DoesNotContain(store.Trials(1), t => t.Configuration.Trainer == "b");
        Assert.True(Run(store, plan with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(12) } }, new GradientTrainer("a"), new GradientTrainer("b", work: 1000)).Complete);
        Assert.Contains(store.Trials(1), t => t.Configuration.Trainer == "b" && t.Stage == "defaults");
    }

    [Fact]
    public void Run_FewerTrialsThanTrainers_MoreTrialsBeginWithTheOtherDefaults()
    {
        var store = new MemoryTrialStore(TimeProvider.System);
        GradientTrainer[] trainers = [new("a"), new("b"), new("c"), new("d")];
        ExperimentPlan Plan(int trials) => _bench.Plan(12) with { Budget = new BudgetPlan { Trials = trials } };
        IEnumerable<string> Defaults() => store.Trials(1).Where(t => t.Stage == "defaults").Select(t => t.Configuration.Trainer);
        Run(store, Plan(1), trainers);
        Assert.Equal(["a"], Defaults());
        Run(store, Plan(2), trainers);
        Assert.Equal(["a", "b"], Defaults());
        Run(store, Plan(12), trainers);
        Assert.Equal(["a", "b", "c", "d"], Defaults());
        var before = Shown(store).ToList();
        Assert.True(Run(store, Plan(12), trainers).Complete);
        Assert.Equal(before, Shown(store));
        Assert.Equal(12, store.Trials(1).Count(t => t.Stage != "confirm"));
    }

    [Fact]
    public void Run_TimeBudget_TheFirstTrainersDefaultIsWaitedForLonger()
    {
        // a third of the time goes into it by a clock of its own, while the other's is there at once
        var begin = _bench.Time.GetTimestamp();
        var late = 0;
        var first = new GradientTrainer("a")
        {
            OnRound = _ =>
            {
                _bench.Time.Advance(TimeSpan.FromMilliseconds(30));
                if (_bench.Time.GetElapsedTime(begin) > TimeSpan.FromSeconds(1.6) && Interlocked.Increment(ref late) == 1)
                {
                    Thread.Sleep(400); // else the trial may be through before the run gets to see the time
                }
            },
        };
        var plan = _bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(6) }, Stages = [] };
        using var store = new MemoryTrialStore(TimeProvider.System);
        var loaded = LoadedExperiment.From(plan, Bench.Data(), new TrainerCatalog([first, new GradientTrainer("b")]));
        Assert.True(new ExperimentRunner(store, _bench.Time, ExperimentRunner.StandardWriters).Run(loaded, new RunOptions { Jobs = 2, Threads = 2 }, null, CancellationToken.None).Complete);
        Assert.Contains(store.Trials(1), t => t.Configuration.Trainer == "a" && t.Stage == "defaults");
    }

    [Fact]
    public void Run_TimeBudget_AllDefaultsAreSlow_OneIsWaitedFor()
    {
        var trainers = ((string[])["a", "b"]).Select(id => new GradientTrainer(id) { OnRound = _ => Thread.Sleep(25) }).ToArray();
        var plan = _bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(6) }, Stages = [] };
        var (result, store) = Run(plan, 1, trainers);
        Assert.True(result.Complete);
        Assert.Equal("a", result.Baseline.Trainer); // the plan's first one
        Assert.Equal("defaults", store.Trials(1)[0].Stage);
    }

    [Fact]
    public void Run_BudgetBecomesTime_GoesOnFromTheTrialsThatAreThere()
    {
        var store = new MemoryTrialStore(TimeProvider.System);
        var (fast, slow) = (new GradientTrainer("a"), new GradientTrainer("b", work: 0.1));
        Run(store, _bench.Plan(24), fast, slow);
        var before = Shown(store).ToArray();
        var result = Run(store, _bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(60), Trials = 30 }, Stages = _bench.Plan(24).Stages }, fast, slow);
        Assert.True(result.Complete);
        Assert.Equal(before, Shown(store).Take(before.Length));
    }

    [Fact]
    public void Run_TimeBecomesTrials_EveryStageHasItsPart()
    {
        var store = new MemoryTrialStore(TimeProvider.System);
        var plan = _bench.Plan() with { Stages = [new StagePlan { Name = "coarse", Sampler = "random", Rows = 0.5 }, new StagePlan { Name = "refine", Sampler = "sobol", Passes = 2 }, new StagePlan { Name = "polish", Sampler = "random" }] };
        using (var stop = new CancellationTokenSource())
        {
            var first = new GradientTrainer("a") { OnRound = _ => Cancel(stop, store) };
            Run(store, plan with { Budget = new BudgetPlan { Time = TimeSpan.FromMinutes(5) } }, stop.Token, first, new GradientTrainer("b"));
        }

        Assert.DoesNotContain(store.Trials(1), t => t.Stage == "refine");
        Assert.True(Run(store, plan with { Budget = new BudgetPlan { Trials = 60 } }, new GradientTrainer("a"), new GradientTrainer("b")).Complete);
        var stages = store.Trials(1).Where(t => t.Stage != "confirm").GroupBy(t => t.Stage).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(60, stages.Values.Sum());
        Assert.All(["coarse", "refine", "polish"], s => Assert.InRange(stages[s], 12, 30));
    }

    [Fact]
    public void Run_NoStageSaysHowManyTrials_SharesTheBudgetAtAnyNumberOfJobs()
    {
        var plan = _bench.Plan(43) with { Stages = [new StagePlan { Name = "coarse", Sampler = "random", Rows = 0.5 }, new StagePlan { Name = "polish", Sampler = "random", Share = 0.15 }] };
        var (one, four) = (Run(plan, 1), Run(plan, 4));
        Assert.Equal([("coarse", 28), ("polish", 12)], one.Store.Trials(1).Where(t => t.Stage is "coarse" or "polish").GroupBy(t => t.Stage).Select(g => (g.Key, g.Count())));
        Assert.Equal(Shown(one.Store), Shown(four.Store));
    }

    [Fact]
    public void Run_StoppedWithSeveralTrainers_GoesOnToTheSameTrials()
    {
        var whole = new MemoryTrialStore(TimeProvider.System);
        Run(whole, _bench.Plan(40), new GradientTrainer("a"), new GradientTrainer("b"), new GradientTrainer("c"));
        var parts = new MemoryTrialStore(TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        var stopping = new GradientTrainer("b") { OnRound = _ => { if (Interlocked.Increment(ref rounds) == 400) { stop.Cancel(); } } };
        var first = Run(parts, _bench.Plan(40), stop.Token, new GradientTrainer("a"), stopping, new GradientTrainer("c"));
        Assert.False(first.Complete);
        Run(parts, _bench.Plan(40), new GradientTrainer("a"), new GradientTrainer("b"), new GradientTrainer("c"));
        Assert.Equal(Shown(whole), Shown(parts));
    }

    [Fact]
    public void Run_ScoringRefits_IsScoredSeldom()
    {
        var trainer = new GradientTrainer("a") { RefitsFrom = 5 };
        var (_, store) = Run(_bench.Plan(4), 1, trainer);
        var first = store.FindEvaluation(store.Trials(1)[0].Evaluations[0])!;
        Assert.Equal([1, 2, 3, 4, 5, 9, 16, 20], first.Rounds);
    }

    public void Dispose() => _bench.Dispose();

    private static (ExperimentResult Result, ITrialStore Store) Run(ExperimentPlan plan, int jobs, params GradientTrainer[] trainers)
    {
        var store = new MemoryTrialStore(TimeProvider.System);
        IEnumerable<ITrainer> all = trainers.Length switch { 0 => [new GradientTrainer("a"), new GradientTrainer("b"), new GradientTrainer("c")], 1 when trainers[0].Info.Id != "a" => [new GradientTrainer("a"), trainers[0]], _ => trainers };
        var loaded = LoadedExperiment.From(plan, Bench.Data(), new TrainerCatalog(all));
        return (new ExperimentRunner(store, TimeProvider.System, ExperimentRunner.StandardWriters).Run(loaded, new RunOptions { Jobs = jobs, Threads = jobs }, null, CancellationToken.None), store);
    }

    private static ExperimentResult Run(ITrialStore store, ExperimentPlan plan, params GradientTrainer[] trainers) => Run(store, plan, CancellationToken.None, trainers);

    private static ExperimentResult Run(ITrialStore store, ExperimentPlan plan, CancellationToken stop, params GradientTrainer[] trainers)
        => new ExperimentRunner(store, TimeProvider.System, ExperimentRunner.StandardWriters)
            .Run(LoadedExperiment.From(plan, Bench.Data(), new TrainerCatalog(trainers)), new RunOptions { Jobs = 2, Threads = 2 }, null, stop);

    private static void Cancel(CancellationTokenSource stop, ITrialStore store)
    {
        if (store.Experiments().Any() && store.Trials(1).Count > 8)
        {
            stop.Cancel();
        }
    }

    private static IEnumerable<string> Shown(ITrialStore store) => store.Trials(1).Select(t =>
        string.Join(';', t.Number, t.Stage, t.Pass, t.Configuration.Canonical, t.Rows, t.Rounds, string.Join(',', t.Scores.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))));
}
