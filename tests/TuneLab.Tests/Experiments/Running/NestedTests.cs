using TuneLab.Analysis;
using TuneLab.Data.Splitting;
using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>Nested cross-validation: the whole search inside each outer fold.</summary>
public sealed class NestedTests
{
    private const int Outer = 4;

    [Fact]
    public void Run_Nested_DecidesFromTheWinnersOnTheRowsThatTheirSearchesNeverSaw()
    {
        using var bench = new Bench();
        var result = bench.Run(Plan(bench));
        var nested = result.Nested!;
        Assert.Equal([1, 2, 3, 4], nested.Folds.Select(f => f.Fold));
        Assert.Equal(240, nested.Folds.Sum(f => f.Rows));
        Assert.Null(result.Best.Holdout);
        Assert.All(nested.Folds, f => Assert.Equal(f.Winner - f.Baseline, f.Effect, 1e-12));
        var test = CorrectedResampledTTest.Run([.. nested.Folds.Select(f => f.Effect)], 1.0 / (Outer - 1));
        Assert.Equal((test.Mean, test.LowerBound, test.UpperBound, test.P), (result.Verdict.Effect, result.Verdict.Low, result.Verdict.High, result.Verdict.P));
        Assert.Contains("over 4 outer folds", result.Verdict.Sentence, StringComparison.Ordinal);

        // each is an experiment of its own, with the same budget, that found nothing of another one's in the cache
        var inner = bench.Store.Experiments().Skip(1).ToList();
        Assert.Equal(Outer, inner.Count);
        Assert.DoesNotContain(bench.Store.Experiments().SelectMany(e => bench.Store.Trials(e.Id).SelectMany(t => t.Evaluations).Distinct()).GroupBy(k => k), g => g.Count() > 1);
    }

    [Fact]
    public void Run_StoppedInAnOuterFold_KeepsTheModelAndGoesOnToTheSameVerdict()
    {
        using var whole = new Bench();
        var expected = whole.Run(Plan(whole), jobs: 1);
        using var bench = new Bench();
        using (var stop = new CancellationTokenSource())
        {
            bench.Monitor.OnTrial = t =>
            {
                if (t.Stage.StartsWith("outer 3/4 refine", StringComparison.Ordinal))
                {
                    stop.Cancel();
                }
            };
            var partial = bench.Run(Plan(bench), stop: stop.Token);
            Assert.False(partial.Complete);
            Assert.True(File.Exists(partial.Files["model"]));
            Assert.Equal((VerdictOutcome.Undecided, 2), (partial.Verdict.Outcome, partial.Nested!.Folds.Count));
            Assert.Contains("2 of 4 outer folds are through", partial.Verdict.Sentence, StringComparison.Ordinal);
        }

        bench.Monitor.OnTrial = null;
        var result = bench.Run(Plan(bench), jobs: 4);
        Assert.True(result.Complete);
        Assert.Equal(expected.Verdict, result.Verdict);
        Assert.Equal(expected.Nested!.Folds, result.Nested!.Folds);
        Assert.Equal(result.Nested.Folds, bench.Run(Plan(bench)).Nested!.Folds); // told again from the store
    }

    [Fact]
    public void OuterFolds_AllRowsOnceAndTheSameWhateverTheSeed()
    {
        using var bench = new Bench();
        var table = bench.Load(bench.Plan()).Table;
        var folds = Enumerable.Range(1, Outer).Select(i => OuterFolds.Split(table, "stratified", Outer, i)).ToList();
        Assert.Equal(Enumerable.Range(0, 240), folds.SelectMany(f => f.Holdout).Order());
        Assert.All(folds, f => Assert.Equal(Enumerable.Range(0, 240), f.Training.Concat(f.Holdout).Order()));
        Assert.Equal(folds[1].Holdout, bench.Load(Plan(bench) with { Seed = 99, Validate = Plan(bench).Validate with { Outer = 2 } }).Holdout);
    }

    private static ExperimentPlan Plan(Bench bench) => bench.Plan(16) with { Validate = new ValidationPlan { Folds = 3, Holdout = 0, Nested = Outer } };
}
