using TuneLab.Experiments;
using TuneLab.Experiments.Search;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

public sealed class HalvingTests
{
    [Fact]
    public void Run_Halving_EachRungHasTheBestOfTheOneBefore()
    {
        using var bench = new Bench();
        bench.Run(Plan(bench, passes: 1));
        var rungs = bench.Store.Experiments().SelectMany(e => bench.Store.Trials(e.Id)).Where(t => t.Stage == "halve").GroupBy(t => t.Pass).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();

        // the last two of each further rung show how well the one before ranks
        Assert.Equal([0.1, 0.3, 1], rungs.Select(r => r[0].Rows));
        Assert.Equal([27, 9 + 2, 3 + 2], rungs.Select(r => r.Count));
        for (var i = 1; i < rungs.Count; i++)
        {
            var expected = rungs[i - 1].Where(t => t.Status == TrialStatus.Completed).OrderBy(t => t.Score).ThenBy(t => t.Number).Take(rungs[i].Count - 2).Select(t => t.Configuration);
            Assert.Equal(expected, rungs[i].SkipLast(2).Select(t => t.Configuration));
            Assert.All(rungs[i], t => Assert.Equal(rungs[i][0].Rows, t.Rows));
        }

        Assert.Contains(bench.Monitor.Stages.SelectMany(s => s.Notes), n => n.Contains("of the rows rank 11 configurations as 30", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Run_Hyperband_TheSameTrialsAtAnyNumberOfJobsAndAfterAStop(int jobs)
    {
        using var two = new Bench();
        using var other = new Bench();
        using var stop = new CancellationTokenSource();
        two.Run(Plan(two, passes: 3));
        other.Monitor.OnTrial = t =>
        {
            if (t.Number == 33)
            {
                stop.Cancel();
            }
        };
        other.Run(Plan(other, passes: 3), jobs, stop: stop.Token);
        other.Monitor.OnTrial = null;
        other.Run(Plan(other, passes: 3), jobs);
        Assert.Equal(two.Trials(), other.Trials());
        Assert.Equal([0.1, 0.3, 1, 0.3, 1, 1], two.Store.Experiments().SelectMany(e => two.Store.Trials(e.Id)).Where(t => t.Stage == "halve").GroupBy(t => t.Pass).OrderBy(g => g.Key).Select(g => g.First().Rows));
    }

    [Fact]
    public void Of_Brackets_CostAboutTheSame()
    {
        // Li et al. 2018, table 1: 81, 34, 15, 8, 5 configurations for R = 81 and a factor of 3
        var stage = new StagePlan { Name = "s", Halving = 3, Trials = 81, Rows = 1 / 81.0 };
        Assert.Equal([81, 34, 15, 8, 5], Enumerable.Range(1, 5).Select(p => Rungs.Of(stage, p, 5)[0].Trials));
        Assert.Equal([81, 27, 9, 3, 1], Rungs.Of(stage, 1, 5).Select(r => r.Trials));
        Assert.Equal(Rungs.Of(stage, 1, 5), Rungs.Of(stage, 6, 5));
        Assert.Equal(Enumerable.Range(1, 2).Sum(p => Rungs.Of(stage, p, 5).Sum(r => r.Trials)), Rungs.Planned(stage with { Passes = 2 }, 5));
    }

    [Theory]
    [InlineData(0.1, 2, new[] { 0.1, 0.2, 0.4, 1 })]
    [InlineData(0.5, 3, new[] { 0.5, 1 })]
    [InlineData(0.9, 3, new[] { 1.0 })]
    [InlineData(1, 2, new[] { 1.0 })]
    public void Of_Rows_EndWithAll(double from, int factor, double[] rows)
        => Assert.Equal(rows, Rungs.Of(new StagePlan { Name = "s", Halving = factor, Rows = from }, 1, 5).Select(r => Math.Round(r.Fidelity.Rows, 9)));

    [Theory]
    [InlineData(1, 3, 5, new[] { 0.2, 0.6, 1 })]
    [InlineData(2, 2, 5, new[] { 0.4, 0.8, 1 })]
    [InlineData(7, 2, 5, new[] { 1.0 })]
    public void Of_Folds_EndWithAll(int from, int factor, int folds, double[] shares)
        => Assert.Equal(shares, Rungs.Of(new StagePlan { Name = "s", Halving = factor, Over = FidelityKind.Folds, Folds = from, Rows = 0.5 }, 1, folds).Select(r => r.Fidelity.Rows == 0.5 ? r.Fidelity.Folds : 0));

    private static ExperimentPlan Plan(Bench bench, int passes) => bench.Plan() with
    {
        Metric = "logloss",
        Stages = [new StagePlan { Name = "halve", Sampler = "random", Trials = 27, Rows = 0.1, Halving = 3, Passes = passes }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        Budget = new BudgetPlan { Trials = 200 },
    };
}
