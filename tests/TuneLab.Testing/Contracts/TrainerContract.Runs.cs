using TuneLab.Data;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Testing.Contracts;

/// <summary>Runs as a search makes them: in steps, on samples, many at once on one fold, cancelled at any moment.</summary>
public abstract partial class TrainerContract
{
    [Theory]
    [MemberData(nameof(Tasks))]
    public void Complete_AfterStepsAndPredictions_SavesTheBytesOfOneGo(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var fold = SampleFold.Of(task);
        var valid = Valid(fold);
        using var run = Start(fold, Quick);
        var steps = 0;
        for (; run.CanAdvance; steps++)
        {
            run.Advance(1 + steps % 4, CancellationToken.None);
            var asked = steps % 3 == 0 ? fold.Train : valid;
            run.Predict(asked, new double[asked.Length * fold.Outputs]);
        }

        var values = new double[valid.Length * fold.Outputs];
        run.Predict(valid, values);
        Assert.Equal(Fit(SampleFold.Of(task), Quick, valid), values);
        Assert.Equal(steps > 1, Trainer.Info.MaxRounds(Quick) > 1);
        Assert.InRange(run.Rounds, 1, Trainer.Info.MaxRounds(Quick));
        Assert.Equal(Bytes(SampleFold.Of(task), Quick), Bytes(run));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_ManyTrialsAtOnceOnOneFold_SavesTheBytesOfFoldsOfTheirOwn(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var shared = SampleFold.Of(task, 600);
        (Configuration Configuration, int[] Rows)[] trials = [.. from configuration in Variants() from rows in Samples(shared) select (configuration, rows)];
        var expected = Array.ConvertAll(trials, t => Bytes(SampleFold.Of(task, 600), t.Configuration, t.Rows));
        var order = Enumerable.Range(0, 2 * trials.Length).ToArray();
        new SeededRandom(3).Shuffle<int>(order);
        Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            var (configuration, rows) = trials[i % trials.Length];
            Assert.Equal(expected[i % trials.Length], Bytes(shared, configuration, rows, 1 + i % 3));
        });
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Fit_OthersAreCancelledOnTheSameFold_GoesOnAsIfAlone(LearningTask task)
    {
        if (!Learns(task))
        {
            return;
        }

        var expected = Bytes(SampleFold.Of(task, 2000), Quick);
        for (var round = 0; round < 4; round++)
        {
            var shared = SampleFold.Of(task, 2000);
            var results = new byte[4][];
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            {
                if (i % 2 == 0)
                {
                    Cancelled(shared, 200 * round * i);
                }
                else
                {
                    results[i / 2] = Bytes(shared, Quick);
                }
            });
            Assert.All(results, r => Assert.Equal(expected, r));
        }
    }

    [Fact]
    public void Fit_AfterCancellationsAtAnyMoment_SavesTheSameBytes()
    {
        var fold = SampleFold.Of(AnyTask, 3000);
        Assert.True(Cancelled(fold, 0), "a run that is cancelled before its first round goes on");
        for (var spins = 1; spins < 1 << 17; spins *= 2)
        {
            Cancelled(fold, spins);
        }

        Assert.Equal(Bytes(SampleFold.Of(AnyTask, 3000), Quick), Bytes(fold, Quick));
    }

    /// <summary>Configurations that derive different things from a fold.</summary>
    private IEnumerable<Configuration> Variants()
    {
        yield return Quick;
        foreach (var bins in Trainer.Info.Parameters.IndexOf("max_bin") < 0 ? [] : new[] { 2, 15, 64, 255 })
        {
            yield return Quick.With("max_bin", bins);
        }

        if (Trainer.Info.Parameters.IndexOf("transform") >= 0)
        {
            yield return Quick.With("transform", "standard");
            yield return Quick.With("transform", "quantile");
        }
    }

    /// <summary>All training rows, and smaller and smaller parts of them.</summary>
    private static IEnumerable<int[]> Samples(PreparedFold fold)
    {
        yield return fold.Train;
        yield return [.. fold.Train.Where(r => r % 2 == 0)];
        yield return [.. fold.Train.Where(r => r % 6 == 0)];
        yield return fold.Train[..40];
    }

    /// <summary>Fits with a token that is cancelled by another thread after so many spins.</summary>
    /// <returns>Whether that stopped it.</returns>
    private bool Cancelled(PreparedFold fold, int spins)
    {
        using var source = new CancellationTokenSource();
        var canceller = new Thread(() =>
        {
            Thread.SpinWait(spins);
            source.Cancel();
        });
        canceller.Start();
        if (spins == 0)
        {
            canceller.Join();
        }

        try
        {
            using var run = Trainer.Start(new TrainingRequest(fold, fold.Train, Quick, new Seed(7), new ThreadShare(2)), source.Token);
            run.Advance(int.MaxValue, source.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        finally
        {
            canceller.Join();
        }
    }

    private byte[] Bytes(PreparedFold fold, Configuration configuration, int[]? rows = null, int threads = 1)
    {
        using var run = Start(fold, configuration, threads, rows);
        run.Advance(int.MaxValue, CancellationToken.None);
        return Bytes(run);
    }

    private static byte[] Bytes(ITrainingRun run)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        run.Complete().Save(writer);
        return stream.ToArray();
    }
}
