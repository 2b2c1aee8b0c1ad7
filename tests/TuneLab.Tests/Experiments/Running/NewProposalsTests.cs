using TuneLab.Experiments;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>What is tried is new, and what leads on less is run on everything.</summary>
public sealed class NewProposalsTests
{
    public static TheoryData<string> Samplers => [.. SamplerCatalog.Ids];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Run_SpaceOfSixConfigurations_TriesEachOnceAndEndsWithItsReason(string sampler)
    {
        using var bench = new Bench();
        var plan = Small(bench.Plan(30)) with { Stages = [new StagePlan { Name = "coarse", Sampler = sampler, Trials = 29 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] };
        bench.Run(plan);
        var searched = bench.Store.Trials(1).Where(t => t.Stage != "confirm").ToList();
        Assert.Equal(6, searched.Count);
        Assert.Equal(6, searched.DistinctBy(t => t.Configuration.Canonical).Count());
        Assert.Equal(("exhausted", "no sampler has a new configuration left"), bench.Store.Stages(1).Where(s => s.Stage == "coarse").Select(s => (s.Exit, s.Reason)).Single());
    }

    [Theory]
    [InlineData("gp")]
    [InlineData("tpe")]
    [InlineData("random")]
    public void Run_SpaceOfSixConfigurationsTriedOnASample_TriesEachOnEverythingToo(string sampler)
    {
        using var bench = new Bench();
        var plan = Small(bench.Plan(30)) with { Stages = [new StagePlan { Name = "coarse", Sampler = "random", Trials = 8, Rows = 0.5 }, new StagePlan { Name = "polish", Sampler = sampler, Trials = 8 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] };
        bench.Run(plan);
        Assert.Equal(6, bench.Store.Trials(1).Count(t => t.Stage != "confirm" && t.Fidelity.IsFull));
    }

    [Theory]
    [InlineData("cma-es")]
    [InlineData("flow2")]
    [InlineData("nelder-mead")]
    [InlineData("quasi-newton")]
    [InlineData("tpe")]
    public void Run_StoppedAndResumedAtAnyNumberOfJobs_HasTheSameNewTrials(string sampler)
    {
        using var whole = new Bench();
        using var parted = new Bench();
        ExperimentPlan Plan(Bench bench) => bench.Plan(40) with { Stages = [new StagePlan { Name = "coarse", Sampler = sampler, Trials = 39 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }], Space = Space(("rate", new ParameterEdit { Low = 0.01, High = 0.5, Step = 0.07, Scale = Scale.Linear })) };
        whole.Run(Plan(whole), jobs: 1);
        using (var stop = new CancellationTokenSource())
        {
            parted.Monitor.OnTrial = t => Cancel(stop, t.Number >= 9);
            parted.Run(Plan(parted), jobs: 3, stop: stop.Token);
        }

        parted.Run(Plan(parted), jobs: 2);
        Assert.Equal(whole.Trials(), parted.Trials());
        var searched = whole.Store.Trials(1).Where(t => t.Stage != "confirm").ToList();
        Assert.Equal(searched.Count, searched.DistinctBy(t => t.Configuration.Canonical).Count());
    }

    [Fact]
    public void Run_Flow2First_BeginsWithTheCheapConfiguration()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan(30) with { Stages = [new StagePlan { Name = "coarse", Sampler = "flow2", Trials = 10, Rows = 0.5 }, new StagePlan { Name = "refine", Sampler = "flow2", Trials = 5 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] });
        var searched = bench.Store.Trials(1).Where(t => t.Stage == "coarse").ToList();
        Assert.Equal(1.0, searched[0].Configuration.Number("rate", 0), 12);
        Assert.NotEqual(0.05, searched[1].Configuration.Number("rate", 0));
    }

    [Fact]
    public void Run_OnlyStageOnHalfOfTheRows_KeepsTwoTrialsForItsBestOnAll()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan(12) with { Stages = [new StagePlan { Name = "coarse", Sampler = "random", Rows = 0.5 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] });
        var searched = bench.Store.Trials(1).Where(t => t.Stage == "coarse").ToList();
        Assert.Equal(11, searched.Count);
        var half = searched.Where(t => !t.Fidelity.IsFull).OrderByDescending(t => t.Score).Select(t => t.Configuration.Canonical).ToList();
        Assert.Equal(9, half.Count);
        Assert.Equal(half.Take(2), searched.Where(t => t.Fidelity.IsFull).Select(t => t.Configuration.Canonical));
        Assert.Contains("all trials of the budget are used but 2 that are kept for what leads, to be run on everything", bench.Store.Stages(1).Select(s => s.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_BudgetRaisedAfterPartialStagesWereCut_TakesInWhatWasRunOnAll(bool polish)
    {
        using var bench = new Bench();
        ExperimentPlan Plan(int trials) => bench.Plan(trials) with
        {
            Stages = [new StagePlan { Name = "coarse", Sampler = "random", Trials = 20, Rows = 0.3 }, new StagePlan { Name = "refine", Sampler = "sobol", Trials = 6, Passes = 2, Rows = 0.6 }, .. polish ? (StagePlan[])[new StagePlan { Name = "polish", Sampler = "gp", Trials = 4 }] : [], new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Run(Plan(12));
        var before = bench.Store.Trials(1).Where(t => t.Stage != "confirm").ToList();
        bench.Run(Plan(40));
        var trials = bench.Store.Trials(1).ToList();
        Assert.Equal(3, before.Count(t => t.Fidelity.IsFull));
        Assert.Contains(trials, t => t.Stage == "refine" && t.Fidelity.Rows == 0.6);
        if (polish)
        {
            Assert.Contains(trials, t => t.Stage == "polish" && t.Number > 20);
        }

        var searched = trials.Where(t => t.Stage != "confirm").ToList();
        Assert.Equal(searched.Count, searched.DistinctBy(t => (t.Configuration.Canonical, t.Fidelity)).Count());
        var shown = File.ReadLines(Path.Combine(bench.Folder, "out", "trials.csv")).Skip(1).Select(l => int.Parse(l.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        Assert.All(searched, t => Assert.Contains(t.Number, shown));
    }

    [Theory]
    [InlineData("lhs", false)]
    [InlineData("sobol", false)]
    [InlineData("lhs", true)]
    public void Run_BudgetRaisedWhereStagesShareIt_TakesInAllThatWasTried(string sampler, bool timed)
    {
        using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        ExperimentPlan Plan(int trials) => bench.Plan(trials) with { Stages = [new StagePlan { Name = "coarse", Sampler = sampler, Rows = 0.5 }, new StagePlan { Name = "explore", Sampler = sampler }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] };
        if (timed)
        {
            bench.Monitor.OnTrial = t => Cancel(stop, t.Number > 3);
            bench.Run(Plan(0) with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(60) } }, stop: stop.Token);
            bench.Monitor.OnTrial = null;
        }

        bench.Run(Plan(20));
        var before = bench.Store.Trials(1).Where(t => t.Stage != "confirm").Select(t => (t.Number, t.Configuration.Canonical)).ToList();
        bench.Monitor.Trials.Clear();
        bench.Run(Plan(60));
        var now = bench.Monitor.Trials.Where(t => t.Stage != "confirm").OrderBy(t => t.Number).Select(t => (t.Number, t.Configuration.Canonical)).ToList();
        Assert.Equal(before, now.Take(before.Count));
        Assert.Equal(60, now.Count);
        Assert.Equal(60, now.Select(t => t.Canonical).Count());
    }

    [Fact]
    public void Run_HypercubeUsedUpWithoutABudgetInTrials_EndsAsPlanned()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan() with
        {
            Budget = new BudgetPlan { Patience = 1000 },
            Space = Space(("rate", new ParameterEdit { Low = 0.01, High = 0.91, Step = 0.06, Scale = Scale.Linear }), ("kind", new ParameterEdit { Fixed = "plain" })),
            Stages = [new StagePlan { Name = "coarse", Sampler = "random", Trials = 12 }, new StagePlan { Name = "refine", Sampler = "sobol", Trials = 13, Passes = 2, Shrink = 0.2 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        });
        Assert.Contains(bench.Store.Stages(1), s => s.Reason == "no sampler has a new configuration left in its hypercube");
        Assert.InRange(bench.Store.Trials(1).Count(t => t.Stage != "confirm"), 14, 39);
    }

    [Fact]
    public void Run_HypercubeUsedUpBeforeTheTrialsAre_SearchesElsewhere()
    {
        using var bench = new Bench();
        var plan = bench.Plan(40) with
        {
            Space = Space(("rate", new ParameterEdit { Low = 0.01, High = 0.91, Step = 0.06, Scale = Scale.Linear }), ("kind", new ParameterEdit { Fixed = "plain" })),
            Stages = [new StagePlan { Name = "coarse", Sampler = "random", Trials = 12 }, new StagePlan { Name = "refine", Sampler = "sobol", Trials = 13, Passes = 2, Shrink = 0.2 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        bench.Run(plan);
        var stages = bench.Store.Stages(1);
        Assert.Contains(stages, s => s.Reason == "no sampler has a new configuration left in its hypercube");
        Assert.Contains(stages, s => s.Notes.Contains("a hypercube is used up, trials are left: refine again from a new start"));
        Assert.Equal(40, bench.Store.Trials(1).Count(t => t.Stage != "confirm"));
    }

    private static void Cancel(CancellationTokenSource stop, bool now)
    {
        if (now)
        {
            stop.Cancel();
        }
    }

    private static Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> Space(params (string Name, ParameterEdit Edit)[] edits)
        => new() { ["gradient"] = edits.ToDictionary(e => e.Name, e => e.Edit) };

    // three powers of two kinds
    private static ExperimentPlan Small(ExperimentPlan plan) => plan with { Space = Space(("rate", new ParameterEdit { Fixed = 0.05 })) };
}
