using TuneLab.Experiments;
using TuneLab.Experiments.Running;
using TuneLab.Storage;
using TuneLab.Testing.Training;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>Halving over rounds and over folds: runs that go on, and the same outcome however they are interrupted.</summary>
public sealed class RoundsHalvingTests
{
    [Fact]
    public void Run_OverRounds_TheBestGoOnWhereTheyStopped()
    {
        using var bench = new Bench();
        var rounds = 0;
        bench.Trainer.OnRound = _ => Interlocked.Increment(ref rounds);
        var result = bench.Run(Plan(bench, FidelityKind.Rounds));
        var trials = Trials(bench);
        var rungs = trials.Where(t => t.Stage == "halve").GroupBy(t => t.Pass).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        Assert.Equal([0.1, 0.3, 1], rungs.Select(r => r[0].RoundFraction));
        Assert.Equal([27, 9 + 2, 3 + 2], rungs.Select(r => r.Count));
        Assert.All(rungs[0].Concat(rungs[1]), t => Assert.Contains("% of the rounds", t.Reason, StringComparison.Ordinal));
        for (var i = 1; i < rungs.Count; i++)
        {
            var expected = rungs[i - 1].OrderBy(t => t.Score).ThenBy(t => t.Number).Take(rungs[i].Count - 2).Select(t => t.Configuration);
            Assert.Equal(expected, rungs[i].SkipLast(2).Select(t => t.Configuration));
        }

        // every round of every run was trained once: as many as the longest run of each configuration on each fold has
        var searched = trials.Where(t => t.Stage != "confirm").SelectMany(t => t.Evaluations.Select((key, fold) => (t.Configuration, fold, bench.Store.FindEvaluation(key)!.Rounds)))
            .GroupBy(e => (e.Configuration, e.fold)).Sum(g => g.Max(e => e.Rounds[^1]));
        var confirmed = trials.Where(t => t.Stage == "confirm").Sum(t => t.Rounds * t.Evaluations.Length);
        Assert.Equal(searched + confirmed + result.Best.Rounds + (result.Baseline.Configuration.Equals(result.Best.Configuration) ? 0 : result.Baseline.Rounds), rounds);
        Assert.Equal(0, result.Evaluations.RoundsAgain);
        Assert.Contains(bench.Monitor.Stages.SelectMany(s => s.Notes), n => n.Contains("10 % of the rounds rank 11 configurations as 30 % of the rounds", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OverRounds_ScoresAsIfTrainedAtOnce()
    {
        using var halved = new Bench();
        using var whole = new Bench();
        halved.Run(Plan(halved, FidelityKind.Rounds));
        whole.Run(Whole(whole));
        var once = Trials(whole).Where(t => t.Stage == "halve").ToDictionary(t => t.Configuration.Canonical);
        var last = Trials(halved).Where(t => t is { Stage: "halve", Fidelity.IsFull: true }).ToList();
        Assert.NotEmpty(last);
        Assert.All(last, t => Assert.Equal(once[t.Configuration.Canonical].Scores, t.Scores));
        Assert.All(last, t => Assert.Equal(once[t.Configuration.Canonical].Rounds, t.Rounds));
    }

    [Theory]
    [InlineData(FidelityKind.Rounds, "paired", 1)]
    [InlineData(FidelityKind.Rounds, "median", 8)]
    [InlineData(FidelityKind.Rounds, "none", 8)]
    [InlineData(FidelityKind.Folds, "paired", 1)]
    [InlineData(FidelityKind.Folds, "none", 8)]
    public void Run_Hyperband_TheSameTrialsAtAnyNumberOfJobsAndAfterAStop(FidelityKind over, string prune, int jobs)
    {
        using var two = new Bench();
        using var other = new Bench();
        two.Run(Plan(two, over, passes: 3, prune));
        Interrupted(other, over, prune, jobs, lose: false);
        Assert.Equal(two.Trials(), other.Trials());
        Assert.Equal(0, Trials(two).Sum(t => t.RoundsAgain));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("median")]
    public void Run_ProcessDied_RunsAreTrainedAgainAndCountedApart(string prune)
    {
        using var whole = new Bench();
        using var kept = new Bench();
        using var lost = new Bench();
        whole.Run(Plan(whole, FidelityKind.Rounds, passes: 3, prune));
        var goneOn = Interrupted(kept, FidelityKind.Rounds, prune, 2, lose: false);
        var again = Interrupted(lost, FidelityKind.Rounds, prune, 2, lose: true);
        Assert.Equal(whole.Trials(), kept.Trials());
        Assert.Equal(whole.Trials(), lost.Trials());
        Assert.Equal(0, goneOn.Evaluations.RoundsAgain);
        Assert.Equal(again.Evaluations.RoundsAgain, Trials(lost).Sum(t => t.RoundsAgain));
        Assert.InRange(again.Evaluations.RoundsAgain, 1, 27 * 3 * 6);
    }

    [Fact]
    public void Run_DamagedCheckpoints_RunsAreTrainedAgain()
    {
        using var whole = new Bench();
        using var damaged = new Bench();
        whole.Run(Plan(whole, FidelityKind.Rounds));
        using var stop = new CancellationTokenSource();
        damaged.Monitor.OnTrial = t =>
        {
            if (t.Number == 25)
            {
                stop.Cancel();
            }
        };
        damaged.Run(Plan(damaged, FidelityKind.Rounds), store: new SpoilingStore(damaged.Store), stop: stop.Token);
        damaged.Monitor.OnTrial = null;
        Assert.True(damaged.Run(Plan(damaged, FidelityKind.Rounds)).Evaluations.RoundsAgain > 0);
        Assert.Equal(whole.Trials(), damaged.Trials());
    }

    [Fact]
    public void Run_Finished_NoCheckpointIsLeftInTheStore()
    {
        using var bench = new Bench();
        var store = new SpoilingStore(bench.Store);
        using var stop = new CancellationTokenSource();
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 25)
            {
                stop.Cancel();
            }
        };
        bench.Run(Plan(bench, FidelityKind.Rounds), store: store, stop: stop.Token);
        Assert.NotEmpty(store.Written);
        bench.Monitor.OnTrial = null;
        bench.Run(Plan(bench, FidelityKind.Rounds));
        Assert.All(store.Written, name => Assert.Null(bench.Store.FindBlob(1, name)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("paired")]
    [InlineData("median")]
    public void Run_OverRounds_CurvesOfMoreRoundsAreFoundAndChangeNothing(string prune)
    {
        using var fresh = new Bench();
        using var cached = new Bench();
        fresh.Run(Plan(fresh, FidelityKind.Rounds, prune: prune));
        cached.Run(Whole(cached)); // the same configurations, with all their rounds
        var fits = cached.Trainer.Fits;
        cached.Run(Plan(cached, FidelityKind.Rounds, prune: prune) with { Name = "again" });
        Assert.Equal(fresh.Trials(), cached.Trials().TakeLast(fresh.Trials().Count));
        Assert.True(cached.Trainer.Fits - fits < 10, $"{cached.Trainer.Fits - fits} fits"); // confirm's and the refits'
    }

    [Fact]
    public void Run_AllRounds_CurvesOfFewerRoundsDoNotStandInForThem()
    {
        using var fresh = new Bench();
        using var poisoned = new Bench();
        fresh.Run(Whole(fresh));
        poisoned.Run(Plan(poisoned, FidelityKind.Rounds, rounds: 0.5));
        poisoned.Run(Whole(poisoned));
        Assert.Equal(fresh.Trials(), poisoned.Trials().TakeLast(fresh.Trials().Count));
    }

    [Fact]
    public void Run_OverRounds_RungsOfOtherLengthsAreFound()
    {
        using var fresh = new Bench();
        using var cached = new Bench();
        fresh.Run(Plan(fresh, FidelityKind.Rounds, rounds: 0.1));
        cached.Run(Plan(cached, FidelityKind.Rounds, rounds: 0.5));
        var fits = cached.Trainer.Fits;
        cached.Run(Plan(cached, FidelityKind.Rounds, rounds: 0.1));
        Assert.Equal(fresh.Trials(), cached.Trials().TakeLast(fresh.Trials().Count));
        Assert.True(cached.Trainer.Fits - fits < fresh.Trainer.Fits / 2, $"{cached.Trainer.Fits - fits} of {fresh.Trainer.Fits} fits");
    }

    [Fact]
    public void Run_RoundsThatDoNotOverfit_GoOnAndScoreTheSame()
    {
        using var halved = new Bench { Trainer = new GradientTrainer(overfits: false) };
        using var whole = new Bench { Trainer = new GradientTrainer(overfits: false) };
        using var lost = new Bench { Trainer = new GradientTrainer(overfits: false) };
        var result = halved.Run(Plan(halved, FidelityKind.Rounds));
        whole.Run(Whole(whole));
        Interrupted(lost, FidelityKind.Rounds, "none", 1, lose: true, passes: 1);
        Assert.Equal(0, result.Evaluations.RoundsAgain);
        Assert.Equal(halved.Trials(), lost.Trials());
        var once = Trials(whole).Where(t => t.Stage == "halve").ToDictionary(t => t.Configuration.Canonical);
        Assert.All(Trials(halved).Where(t => t is { Stage: "halve", Fidelity.IsFull: true }), t => Assert.Equal(once[t.Configuration.Canonical].Scores, t.Scores));
        Assert.All(Trials(halved).Where(t => t is { Stage: "halve", RoundFraction: 0.3 }), t => Assert.Equal(6, t.Rounds));
    }

    [Fact]
    public void Run_ScoringRefits_TheSameTrialsAfterAStop()
    {
        using var whole = new Bench();
        using var stopped = new Bench();
        (whole.Trainer.RefitsFrom, stopped.Trainer.RefitsFrom) = (3, 3);
        whole.Run(Plan(whole, FidelityKind.Rounds, passes: 3));
        Interrupted(stopped, FidelityKind.Rounds, "none", 8, lose: true);
        Assert.Equal(whole.Trials(), stopped.Trials());
    }

    [Fact]
    public void Run_OverFolds_FoldsAreNotScoredTwice()
    {
        using var bench = new Bench();
        var result = bench.Run(Plan(bench, FidelityKind.Folds));
        var rungs = Trials(bench).Where(t => t.Stage == "halve").GroupBy(t => t.Pass).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        Assert.Equal([1, 3], rungs.Select(r => r[0].Scores.Length));
        Assert.Equal([27, 9 + 2], rungs.Select(r => r.Count));
        Assert.True(rungs[1].TrueForAll(t => t.Fidelity.IsFull));
        // the default and two more finalists' confirm, 27 first folds, two more folds of 11, the refits
        Assert.Equal(3 + 27 + (2 * 11) + (3 * Trials(bench).Count(t => t.Stage == "confirm")) + 2, bench.Trainer.Fits);
        Assert.True(result.Evaluations.Cached >= 11);
        Assert.Contains(bench.Monitor.Stages.SelectMany(s => s.Notes), n => n.Contains("33.33 % of the folds rank 11 configurations as all rows do", StringComparison.Ordinal));
    }

    [Fact]
    public void Keep_MoreThanFits_WritesTheOldestAndLetsSpareOnesGo()
    {
        using var store = new MemoryTrialStore(TimeProvider.System);
        var id = store.OpenExperiment("i", "n", "f", "{}").Id;
        var paused = new PausedRuns(store, id, 25);
        TuneLab.Space.Configuration[] configurations = [.. Enumerable.Range(0, 5).Select(i => new TuneLab.Space.Configuration("t", [new("i", i)]))];
        void Keep(int i) => paused.Keep("r" + i, configurations[i], w => w.Write(new byte[10]));
        Keep(0);
        Keep(1);
        Keep(2);
        Assert.NotNull(store.FindBlob(id, "paused/r0"));
        Assert.Null(store.FindBlob(id, "paused/r1"));
        paused.Prefer([configurations[2]]);
        Keep(3);
        Assert.Null(store.FindBlob(id, "paused/r1"));
        Assert.Null(paused.Find("r1"));
        Assert.All(["r0", "r2", "r3"], name => Assert.Equal(10, paused.Find(name)!.Length));
        paused.Keep("r4", configurations[4], _ => throw new IOException("no checkpoint"));
        Assert.Null(paused.Find("r4"));
        paused.Write();
        Assert.NotNull(store.FindBlob(id, "paused/r3"));
        paused.Drop();
        Assert.All(["r0", "r2", "r3"], name => Assert.Null(paused.Find(name)));
    }

    private static List<FinishedTrial> Trials(Bench bench) => [.. bench.Store.Experiments().SelectMany(e => bench.Store.Trials(e.Id))];

    // stopped in the first rung and between the others; where runs are lost, what was paused died with its process each time
    private static ExperimentResult Interrupted(Bench bench, FidelityKind over, string prune, int jobs, bool lose, int passes = 3)
    {
        foreach (var number in new[] { 12, 25, 33 })
        {
            using var stop = new CancellationTokenSource();
            bench.Monitor.OnTrial = t =>
            {
                if (t.Number == number)
                {
                    stop.Cancel();
                }
            };
            bench.Run(Plan(bench, over, passes, prune), jobs, stop: stop.Token);
            if (lose)
            {
                bench.Store.DropBlobs(1, "paused/");
            }
        }

        bench.Monitor.OnTrial = null;
        return bench.Run(Plan(bench, over, passes, prune), jobs);
    }

    private static ExperimentPlan Plan(Bench bench, FidelityKind over, int passes = 1, string prune = "none", double rounds = 0.1) => bench.Plan() with
    {
        Metric = "logloss",
        Stages =
        [
            new StagePlan { Name = "halve", Sampler = "random", Trials = 27, Rounds = over == FidelityKind.Rounds ? rounds : 1, Halving = 3, Over = over, Passes = passes, Prune = prune },
            new StagePlan { Name = "confirm", Top = 1, Repeats = 1 },
        ],
        Budget = new BudgetPlan { Trials = 200 },
    };

    private static ExperimentPlan Whole(Bench bench) => bench.Plan() with
    {
        Metric = "logloss",
        Stages = [new StagePlan { Name = "halve", Sampler = "random", Trials = 27, Prune = "none" }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        Budget = new BudgetPlan { Trials = 200 },
    };

    /// <summary>Writes every checkpoint with a byte changed.</summary>
    private sealed class SpoilingStore(ITrialStore inner) : FaultyStore(inner)
    {
        public List<string> Written { get; } = [];

        public override void PutBlob(long experiment, string name, byte[] bytes)
        {
            if (name.StartsWith("paused/", StringComparison.Ordinal))
            {
                Written.Add(name);
                bytes = [.. bytes];
                bytes[^40] ^= 1;
            }

            base.PutBlob(experiment, name, bytes);
        }
    }
}
