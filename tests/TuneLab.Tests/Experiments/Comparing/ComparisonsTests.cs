using TuneLab.Analysis;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Comparing;
using TuneLab.Experiments.Output;
using TuneLab.Storage;
using TuneLab.Tests.Experiments.Running;

namespace TuneLab.Tests.Experiments.Comparing;

public sealed class ComparisonsTests
{
    [Fact]
    public void OfTrials_ThreeOfThem_AreTestedInPairsAndAdjusted()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan());
        var record = bench.Store.Experiments()[0];
        var trials = bench.Store.Trials(1).Where(t => t is { Status: TrialStatus.Completed, Fidelity.IsFull: true, Stage: not "confirm" }).Take(3).ToList();
        var result = Comparisons.OfTrials(bench.Store, record, [.. trials.Select(t => t.Number)]);

        Assert.Equal(("auc", true), (result.Metric, result.HigherIsBetter));
        Assert.Equal(trials.Select(t => t.Score).OrderDescending(), result.Things.Select(t => t.Score));
        Assert.Equal(3, result.Pairs.Count);
        Assert.Equal(HolmCorrection.Adjust([.. result.Pairs.Select(p => p.P)]), result.Pairs.Select(p => p.Adjusted));
        var (best, worst) = (trials.MaxBy(t => t.Score)!, trials.MinBy(t => t.Score)!);
        var pair = result.Pairs.Single(p => p.First == $"trial {best.Number}" && p.Second == $"trial {worst.Number}");
        var test = CorrectedResampledTTest.Run([.. best.Scores.Zip(worst.Scores, (a, b) => a - b)], 0.5); // three folds
        Assert.Equal(test.Mean, pair.Effect, 1e-12);
        Assert.Equal(2 * Math.Min(test.P, 1 - test.P), pair.P, 0.02); // folds of 64 rows are not all of one size
    }

    [Fact]
    public void OfTrials_OfOtherFidelities_CantBeCompared()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan());
        var trials = bench.Store.Trials(1);
        var (half, whole) = (trials.First(t => t is { Rows: 0.5, Status: TrialStatus.Completed }).Number, trials.First(t => t is { Rows: 1, Status: TrialStatus.Completed }).Number);
        Assert.Contains("not scored on the same folds", Assert.Throws<InputException>(() => Comparisons.OfTrials(bench.Store, bench.Store.Experiments()[0], [half, whole])).Message, StringComparison.Ordinal);
        Assert.Contains("no trial 999", Assert.Throws<InputException>(() => Comparisons.OfTrials(bench.Store, bench.Store.Experiments()[0], [0, 999])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfExperiments_OnTheSameHoldout_ComparesTheirWinnersRowByRow()
    {
        using var bench = new Bench();
        var first = bench.Run(bench.Plan());
        var second = bench.Run(bench.Plan(8) with { Name = "short", Seed = 3 });
        var result = Comparisons.OfExperiments(bench.Store, bench.Store.Experiments());
        Assert.Equal(new[] { first.Best.Holdout!.Value, second.Best.Holdout!.Value }.OrderDescending(), result.Things.Select(t => t.Score));
        var pair = Assert.Single(result.Pairs);
        Assert.Equal(result.Things[0].Score - result.Things[1].Score, pair.Effect, 1e-12);
        Assert.True(pair.Low <= pair.Effect && pair.Effect <= pair.High && pair.P is > 0 and <= 1);
        Assert.Contains("48 rows of the holdout", pair.Ground, StringComparison.Ordinal);
    }

    [Fact]
    public void OfExperiments_OtherHoldouts_CantBeCompared()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan(8));
        bench.Run(bench.Plan(8) with { Name = "half", Validate = new ValidationPlan { Folds = 3, Holdout = 0.5 } });
        Assert.Contains("held out other rows", Assert.Throws<InputException>(() => Comparisons.OfExperiments(bench.Store, bench.Store.Experiments())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StoredHoldout_ReadsBackWhatItWrote()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan(8));
        var bytes = bench.Store.FindBlob(1, StoredHoldout.BlobName)!;
        var read = StoredHoldout.Read(bytes)!;
        Assert.Equal(48, read.Rows.Length);
        Assert.Equal(bytes, read.Write());
        Assert.Null(StoredHoldout.Read([9, 0, 0, 0]));
    }
}
