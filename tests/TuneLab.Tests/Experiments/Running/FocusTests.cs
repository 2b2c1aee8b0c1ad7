using TuneLab.Experiments;
using TuneLab.Storage;
using TuneLab.Testing.Training;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>Where refinement and polish look.</summary>
public sealed class FocusTests
{
    [Fact]
    public void Run_AHyperparameterThatDoesNotMatter_IsFixedAtTheBestTrialsValueWithTheReason()
    {
        using var bench = new Bench { Trainer = new GradientTrainer { Idle = 2 } };
        bench.Run(Plan(bench, new StagePlan { Name = "refine", Sampler = "sobol", Trials = 8, Passes = 2 }, new StagePlan { Name = "polish", Sampler = "gp", Trials = 8 }));
        var notes = Notes(bench, "refine");
        Assert.Contains(notes, n => n.StartsWith("gradient.idle", StringComparison.Ordinal) && n.Contains(": fixed at 0.", StringComparison.Ordinal) && n.Contains("% of the variance among the better half of ", StringComparison.Ordinal));
        Assert.DoesNotContain(notes, n => n.StartsWith("gradient.rate: fixed", StringComparison.Ordinal) || n.StartsWith("gradient.power: fixed", StringComparison.Ordinal));

        var name = notes.First(n => n.Contains(": fixed at", StringComparison.Ordinal)).Split('.', ':')[1];
        var second = bench.Store.Trials(1).Where(t => t.Stage == "refine").GroupBy(t => t.Pass).Last();
        Assert.Single(second.Select(t => t.Configuration.Number(name, -1)).Distinct());

        // gp has the whole space, where nothing is fixed
        Assert.True(bench.Store.Trials(1).Where(t => t.Stage == "polish").Select(t => t.Configuration.Number(name, -1)).Distinct().Count() > 1);
    }

    [Fact]
    public void Run_ASamplerThatFindsItsRegion_LeavesTheHypercubeAsItIs()
    {
        using var bench = new Bench { Trainer = new GradientTrainer { Idle = 2 } };
        bench.Run(Plan(bench, new StagePlan { Name = "refine", Sampler = "gp", Trials = 8, Passes = 2 }));
        Assert.DoesNotContain(Notes(bench, "refine"), n => n.Contains("(was ", StringComparison.Ordinal) || n.Contains("fixed", StringComparison.Ordinal));
    }

    private static List<string> Notes(Bench bench, string stage) => [.. bench.Store.Stages(1).Where(s => s.Stage == stage).SelectMany(s => s.Notes)];

    private static ExperimentPlan Plan(Bench bench, params StagePlan[] then) => bench.Plan(100) with
    {
        Stages = [new StagePlan { Name = "coarse", Sampler = "random", Trials = 80 }, .. then, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
    };
}
