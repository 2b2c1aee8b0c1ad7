using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Data.Splitting;
using TuneLab.Experiments;
using TuneLab.Experiments.Nested;
using TuneLab.Metrics;
using TuneLab.Storage;
using TuneLab.Testing.Training;
using TuneLab.Training;

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
    public void Run_OneOuterFoldFails_IsDecidedOnTheOthers()
    {
        var failing = false;
        using var bench = new Bench { Trainer = new GradientTrainer { Fails = _ => failing } };
        bench.Monitor.OnStage = s => failing = s.Stage.StartsWith("outer 2/4", StringComparison.Ordinal);
        var result = bench.Run(Plan(bench));
        Assert.True(result.Complete);
        Assert.Equal([1, 3, 4], result.Nested!.Folds.Select(f => f.Fold));
        var failure = Assert.Single(result.Nested.Failures);
        Assert.Equal(2, failure.Fold);
        Assert.Contains("trials failed: ", failure.Reason, StringComparison.Ordinal);
        Assert.Contains("over 3 outer folds", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("decided without what failed: outer fold 2 of 4 failed (All ", result.Verdict.Sentence, StringComparison.Ordinal);
        var test = CorrectedResampledTTest.Run([.. result.Nested.Folds.Select(f => f.Effect)], 1.0 / (Outer - 1));
        Assert.Equal((test.Mean, test.LowerBound), (result.Verdict.Effect, result.Verdict.Low));
        Assert.Equal(result.Nested.Failures, bench.Run(Plan(bench)).Nested!.Failures); // told again from the store
    }

    [Fact]
    public void Run_TooFewOuterFoldsLeft_IsUndecidedWithTheReason()
    {
        var failing = false;
        using var bench = new Bench { Trainer = new GradientTrainer { Fails = _ => failing } };
        bench.Monitor.OnStage = s => failing = s.Stage.StartsWith("outer 2/4", StringComparison.Ordinal) || s.Stage.StartsWith("outer 4/4", StringComparison.Ordinal);
        var result = bench.Run(Plan(bench));
        Assert.Equal((VerdictOutcome.Undecided, 2, 2), (result.Verdict.Outcome, result.Nested!.Folds.Count, result.Nested.Failures.Count));
        Assert.Contains("2 of 4 outer folds came to an answer, and where one fails it takes 3", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.True(File.Exists(result.Files["model"]));
    }

    [Fact]
    public void Run_DeadlineFromOutsideComesTooSoon_EverySearchHasAPartOfTheTime()
    {
        using var whole = Slow();
        whole.Run(Plan(whole), jobs: 1);
        var all = whole.Store.Experiments().Sum(e => whole.Store.Trials(e.Id).Sum(t => t.FitSeconds));

        using var bench = Slow();
        var deadline = bench.Time.GetUtcNow().AddSeconds(0.6 * all);
        bench.With = o => o with { Deadline = deadline };
        var result = bench.Run(Plan(bench), jobs: 1);
        Assert.True(result.Complete);
        Assert.Equal(Outer, result.Nested!.Folds.Count);
        Assert.Contains(result.Stages, s => s.Exit == "deadline");
        Assert.True(bench.Time.GetUtcNow() < deadline.AddSeconds(4), $"ended {(bench.Time.GetUtcNow() - deadline).TotalSeconds:0.0} s after the deadline");

        static Bench Slow()
        {
            var bench = new Bench();
            bench.Trainer.Taking(bench.Time, 10);
            return bench;
        }
    }

    [Fact]
    public void Run_FasterBy_IsDecidedOverTheOuterFoldsToo()
    {
        // the clock stands, so that every fit takes the same
        using var bench = new Bench();
        var result = bench.Run(Plan(bench) with { Expect = new Expectation { Beats = null, Within = 0.5, Of = Expectation.Default, FasterBy = 2 } });
        Assert.All(result.Nested!.Folds, f => Assert.Equal(1, f.Faster));
        Assert.Equal(VerdictOutcome.Refuted, result.Verdict.Outcome);
        Assert.Contains("within the 0.5 allowed", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("a fit of the winner is 1 times as fast as one of the default (95 % upper bound 1, below the 2 expected)", result.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void VerdictRule_NestedFactors_AreTestedWithTheCorrection()
    {
        double[] factors = [2.2, 3.1, 2.6, 2.9, 2.4];
        var expect = new Expectation { Beats = null, Within = 0.01, Of = "forest", FasterBy = 2 };
        NestedFold[] folds = [.. factors.Select((f, i) => new NestedFold(i + 1, 50, "linear", 0.8, 0.8, 0.001 * (i - 2), -0.01) { Faster = f })];
        var verdict = VerdictRule.Nested(MetricCatalog.Get("auc", LearningTask.Binary), expect, folds, 0.25);
        var test = CorrectedResampledTTest.Run([.. factors.Select(f => Math.Log(f))], 0.25, Math.Log(2));
        var told = Assert.Single(verdict.Tests);
        Assert.Equal((Math.Exp(test.Mean), Math.Exp(test.LowerBound), Math.Exp(test.UpperBound), test.P), (told.Effect, told.Low, told.High, told.P));
        Assert.Equal(VerdictOutcome.Supported, verdict.Outcome);
        Assert.Contains("over 5 outer folds", told.Note, StringComparison.Ordinal);
        Assert.Equal(VerdictOutcome.Undecided, VerdictRule.Nested(MetricCatalog.Get("auc", LearningTask.Binary), expect, [.. folds.Select(f => f with { Faster = f.Fold == 1 ? 2.5 : double.NaN })], 0.25).Outcome);
    }

    [Fact]
    public void OuterFolds_ByTime_AreSearchedOnEarlierRowsOnly()
    {
        var data = Bench.Data();
        double[] times = [.. Enumerable.Range(0, 240).Select(i => (double)(i * 7919 % 240))];
        var dataset = new Dataset("made.csv", [.. data.Columns, new NumberColumn("t", times)]);
        var table = TaskTableBuilder.Build(dataset, new DataRoles { Label = "y", Time = "t" }, LearningTask.Binary);
        var folds = Enumerable.Range(1, Outer).Select(i => OuterFolds.Split(table, "time", Outer, i)).ToList();
        Assert.All(folds, f => Assert.True(f.Training.Max(r => times[r]) < f.Holdout.Min(r => times[r])));
        Assert.Equal([48, 96, 144, 192], folds.Select(f => f.Training.Length));
        Assert.Equal(Enumerable.Range(48, 192).Select(t => (double)t), folds.SelectMany(f => f.Holdout).Select(r => times[r]).Order());

        using var bench = new Bench();
        var plan = Plan(bench) with { Data = new DataPlan { File = "made.csv", Roles = new DataRoles { Label = "y", Time = "t" } }, Validate = new ValidationPlan { Folds = 3, Holdout = 0, Nested = 3, Kind = "time" } };
        var result = new ExperimentRunner(bench.Store, bench.Time, ExperimentRunner.StandardWriters).Run(LoadedExperiment.From(plan, dataset, new TrainerCatalog([bench.Trainer])), new RunOptions { Jobs = 2, Threads = 2, LearningCurve = false }, bench.Monitor, default);
        Assert.Equal([60, 60, 60], result.Nested!.Folds.Select(f => f.Rows));
        var test = CorrectedResampledTTest.Run([.. result.Nested.Folds.Select(f => f.Effect)], (1 + 1 / 2.0 + 1 / 3.0) / 3);
        Assert.Equal((test.Mean, test.LowerBound), (result.Verdict.Effect, result.Verdict.Low));
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
