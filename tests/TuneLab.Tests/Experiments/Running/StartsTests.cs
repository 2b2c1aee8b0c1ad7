using TuneLab.Experiments;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>Configurations that did well on other tables and open a stage.</summary>
public sealed class StartsTests
{
    // the second is outside what the plan searches, the third would be the same in there, the fourth is the default
    private static readonly Configuration[] Known =
    [
        new("gradient", [new("rate", 0.2), new("kind", "squashed")]),
        new("gradient", [new("rate", 5.0), new("power", 3)]),
        new("gradient", [new("rate", 4.0), new("power", 3)]),
        new("gradient", [new("rate", 0.05)]),
        new("gradient", [new("rate", 0.01), new("power", 2)]),
    ];

    [Fact]
    public void Run_AStageWithStarts_BeginsWithTheNearestThatTheSpaceHas()
    {
        using var bench = Bench(out var plan);
        bench.Run(plan with { Stages = [plan.Stages[0] with { Starts = 3 }, .. plan.Stages.Skip(1)] });
        var coarse = bench.Store.Trials(1).Where(t => t.Stage == "coarse").ToList();
        Assert.Equal([(0.2, 1, "squashed"), (0.5, 3, "plain"), (0.01, 2, "plain")], coarse.Take(3).Select(t => (t.Configuration.Number("rate", 0), t.Configuration.Whole("power", 0), t.Configuration.Values["kind"].Name!)));
        Assert.Equal(plan.Stages[0].Trials, coarse.Count);
        Assert.Contains("a trainer's turns begin with configurations that did well on other tables: gradient with 3", bench.Store.Stages(1).Single(s => s.Stage == "coarse").Notes);
        Assert.Equal(coarse.Count, coarse.DistinctBy(t => t.Configuration.Canonical).Count());
    }

    [Fact]
    public void Run_AStageWithoutStarts_HasNone()
    {
        using var bench = Bench(out var plan);
        bench.Run(plan);
        Assert.DoesNotContain(bench.Store.Trials(1), t => t.Stage == "coarse" && t.Configuration.Number("rate", 0) == 0.2);
    }

    [Fact]
    public void Run_SeveralTrainers_StartsComeInTheTurnsOfEach_SoADearOneHasFew()
    {
        double[] rates = [0.2, 0.3, 0.4, 0.45];
        GradientTrainer Trainer(string id, double work) => new(id, work) { Starts = [.. rates.Select(r => new Configuration(id, [new("rate", r)]))] };
        using var bench = new Bench();
        var plan = bench.Plan(24) with { Trainers = ["cheap", "dear"] };
        plan = plan with { Stages = [plan.Stages[0] with { Starts = rates.Length }, .. plan.Stages.Skip(1)] };
        new ExperimentRunner(bench.Store, bench.Time, []).Run(LoadedExperiment.From(plan, Running.Bench.Data(), new TrainerCatalog([Trainer("cheap", 1), Trainer("dear", 1e6)])), new RunOptions { Jobs = 2, Threads = 2, LearningCurve = false });
        var coarse = bench.Store.Trials(1).Where(t => t.Stage == "coarse").ToLookup(t => t.Configuration.Trainer, t => t.Configuration.Number("rate", 0));
        Assert.Equal(rates, coarse["cheap"].Take(rates.Length));
        Assert.Equal(rates.Take(coarse["dear"].Count()), coarse["dear"]);
        Assert.InRange(coarse["dear"].Count(), 0, rates.Length - 1);
        Assert.Contains("a trainer's turns begin with configurations that did well on other tables: cheap with 4, dear with 4", bench.Store.Stages(1).Single(s => s.Stage == "coarse").Notes);
    }

    [Fact]
    public void Load_MoreStartsThanTheTrainersHave_AreAsManyAsTheyHave()
    {
        using var bench = Bench(out var plan);
        using var without = new Bench();
        IReadOnlyList<StagePlan> stages = [plan.Stages[0] with { Starts = 12 }, .. plan.Stages.Skip(1)];
        Assert.Equal(3, bench.Load(plan with { Stages = stages }).Resolved.Stages[0].Starts);
        Assert.All(without.Load(without.Plan() with { Stages = stages }).Resolved.Stages, s => Assert.Equal(0, s.Starts));
    }

    private static Bench Bench(out ExperimentPlan plan)
    {
        var bench = new Bench { Trainer = new GradientTrainer { Starts = Known } };
        plan = bench.Plan(24) with { Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["gradient"] = new Dictionary<string, ParameterEdit> { ["rate"] = new() { High = 0.5 } } } };
        return bench;
    }
}
