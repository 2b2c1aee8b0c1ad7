using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using TuneLab.MLNet.AutoML;
using TuneLab.Randomness;
using TuneLab.Storage;
using MLSearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace TuneLab.MLNet.Tests.AutoML;

[Collection(AloneCollection.Name)]
public class StagedTunerTests
{
    [Fact]
    public void Run_FunctionWithoutData_FindsTheOptimumInTheTrialsGiven()
    {
        var runner = new BowlRunner();
        var best = Bowl(runner, 60).Run();
        Assert.Equal(60, runner.Asked.Count);
        Assert.True(best.Loss < 0.1, $"{best.Loss}");
    }

    [Fact]
    public void Run_Twice_ProposesTheSame()
    {
        var (first, second) = (new BowlRunner(), new BowlRunner());
        Bowl(first, 30).Run();
        Bowl(second, 30).Run();
        Assert.Equal(first.Asked, second.Asked);
    }

    [Fact]
    public void Run_TrialsThatThrow_AreFailuresAndTheRestGoesOn()
    {
        var runner = new BowlRunner { ThrowsAt = i => i % 3 == 2 };
        var best = Bowl(runner, 30).Run();
        Assert.Equal(30, runner.Asked.Count);
        Assert.True(double.IsFinite(best.Loss));
    }

    [Fact]
    public void Run_SweepablePipelineOnData_IsCachedAndGoesOn()
    {
        using var store = new MemoryTrialStore(TimeProvider.System);
        var (first, whole) = (Learn(store, stopAfter: 6), Learn(store));

        // the first six were not run again: of those only the best one's model was kept
        Assert.Equal((6, 6), (first.Losses.Count, first.Models));
        Assert.Equal((12, 7), (whole.Losses.Count, whole.Models));
        Assert.Equal(first.Losses, whole.Losses.Take(6));
        var again = Learn(store);
        Assert.Equal(whole.Losses, again.Losses);
        Assert.Equal(1, again.Models);
        Assert.NotNull(again.Best.Model);
        Assert.Equal(whole.Best.Loss, again.Best.Loss);

        // another name, or other data, are other trials
        Assert.Equal(4, Learn(store, 4, name: "other").Models);
        Assert.Equal(4, Learn(store, 4, seed: 2).Models);
    }

    [Fact]
    public void CacheTrials_BeforeThereIsARunner_SaysSo()
    {
        using var store = new MemoryTrialStore(TimeProvider.System);
        var experiment = new MLContext(1).Auto().CreateExperiment().SetMaxModelToExplore(1).CacheTrials(store, "toy").SetTuner<StagedTuner>();
        Assert.Contains("SetPipeline", Assert.ThrowsAny<Exception>(() => experiment.Run()).ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => experiment.CacheTrials(store, " "));
    }

    [Fact]
    public void CacheTrials_FailuresBeforeTheBestTrial_AreRunAgainAndNothingElseIs()
    {
        using var store = new MemoryTrialStore(TimeProvider.System);
        var runner = new BowlRunner { ThrowsAt = i => i is > 0 and < 5, Model = Nothing() };
        var best = Cached(runner, store).Run();
        Assert.Equal(20, runner.Asked.Count);
        Assert.True(best.TrialSettings.TrialId >= 5, $"the best was trial {best.TrialSettings.TrialId}");

        // the same failures again: the trials behind them are the ones that are kept
        var again = new BowlRunner { ThrowsAt = _ => true };
        var known = Cached(again, store).Run();
        Assert.Equal(runner.Asked.Skip(1).Take(4), again.Asked);
        Assert.Equal((best.Loss, best.TrialSettings.TrialId), (known.Loss, known.TrialSettings.TrialId));
        Assert.NotNull(known.Model);
    }

    [Fact]
    public async Task CacheTrials_StoppedAmongFailures_GoesOnAsIfItHadNotBeen()
    {
        var whole = new BowlRunner { ThrowsAt = i => i is > 0 and < 5, Model = Nothing() };
        using (var other = new MemoryTrialStore(TimeProvider.System))
        {
            await Cached(whole, other).RunAsync();
        }

        using var store = new MemoryTrialStore(TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var first = new BowlRunner
        {
            ThrowsAt = i =>
            {
                if (i == 3)
                {
                    stop.Cancel();
                }

                return i > 0;
            },
            Model = Nothing(),
        };
        await Cached(first, store).RunAsync(stop.Token);
        Assert.Equal(whole.Asked.Take(4), first.Asked);
        var rest = new BowlRunner { ThrowsAt = i => i < 4, Model = Nothing() };
        await Cached(rest, store).RunAsync();
        Assert.Equal(whole.Asked.Skip(1), rest.Asked);
    }

    private static AutoMLExperiment Bowl(ITrialRunner runner, int trials)
    {
        var context = new MLContext(3);
        var settings = new AutoMLExperiment.AutoMLExperimentSettings { Seed = 3, SearchSpace = new MLSearchSpace { ["x"] = new UniformDoubleOption(-5, 10, false, 0), ["rate"] = new UniformDoubleOption(1e-5, 1, true, 1e-4) } };
        return new AutoMLExperiment(context, settings).SetTrialRunner(runner).SetMaxModelToExplore(trials).SetTuner<StagedTuner>();
    }

    private static AutoMLExperiment Cached(BowlRunner runner, ITrialStore store)
    {
        var data = new MLContext(3).Data.LoadFromEnumerable(new Row[] { new() { Features = [1, 2] } });
        return Bowl(runner, 20).SetDataset(data, data).CacheTrials(store, "bowl").SetTuner<StagedTuner>();
    }

    private static ITransformer Nothing()
    {
        var context = new MLContext(3);
        return context.Transforms.CopyColumns("Copy", "Label").Fit(context.Data.LoadFromEnumerable(new Row[] { new() { Features = [1, 2] } }));
    }

    private static (List<double> Losses, int Models, TrialResult Best) Learn(ITrialStore store, int stopAfter = int.MaxValue, string name = "toy", ulong seed = 1)
    {
        var context = new MLContext(1);
        var random = new SeededRandom(seed);
        var rows = Enumerable.Range(0, 400).Select(_ =>
        {
            var (a, b) = ((float)random.NextNormal(), (float)random.NextNormal());
            return new Row { Features = [a, b], Label = a + (b * b) + (0.5 * random.NextNormal()) > 1, Name = "n" + random.NextInt(3) };
        }).ToArray();
        var split = context.Data.TrainTestSplit(context.Data.LoadFromEnumerable(rows), 0.3, seed: 1);
        var seen = new List<TrialResult>();
        var pipeline = context.Auto().BinaryClassification(useLgbm: false, useFastTree: true, useFastForest: false, useLbfgsLogisticRegression: true, useSdcaLogisticRegression: false);
        using var stop = new CancellationTokenSource();
        var best = context.Auto().CreateExperiment(new AutoMLExperiment.AutoMLExperimentSettings { Seed = 1 })
            .SetDataset(split).SetPipeline(pipeline).SetBinaryClassificationMetric(BinaryClassificationMetric.AreaUnderRocCurve, "Label")
            .SetMaxModelToExplore(12)
            .SetMonitor(new Watch(result =>
            {
                seen.Add(result);
                if (seen.Count == stopAfter)
                {
                    stop.Cancel();
                }
            }))
            .CacheTrials(store, name)
            .SetTuner<StagedTuner>()
            .RunAsync(stop.Token).Result;
        return ([.. seen.Select(r => r.Loss)], seen.Count(r => r.Model is not null), best);
    }

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class Watch(Action<TrialResult> seen) : IMonitor
    {
        public void ReportCompletedTrial(TrialResult result) => seen(result);

        public void ReportBestTrial(TrialResult result)
        {
        }

        public void ReportFailTrial(TrialSettings settings, Exception? exception = null)
        {
        }

        public void ReportRunningTrial(TrialSettings settings)
        {
        }
    }

    private sealed class BowlRunner : ITrialRunner
    {
        public List<string> Asked { get; } = [];

        public Func<int, bool> ThrowsAt { get; init; } = _ => false;

        public ITransformer? Model { get; init; }

        public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
        {
            var (x, rate) = (settings.Parameter["x"].AsType<double>(), settings.Parameter["rate"].AsType<double>());
            Asked.Add(string.Create(CultureInfo.InvariantCulture, $"{x:R} {rate:R}"));
            var loss = Math.Pow(x - 3, 2) + Math.Pow(Math.Log10(rate) + 2, 2);
            return ThrowsAt(Asked.Count - 1) ? throw new InvalidOperationException("thrown by the test") : Task.FromResult(new TrialResult { TrialSettings = settings, Loss = loss, Metric = loss, DurationInMilliseconds = 5, Model = Model! });
        }

        public void Dispose()
        {
        }
    }
}
