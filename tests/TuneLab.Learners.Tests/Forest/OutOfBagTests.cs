using TuneLab.Data;
using TuneLab.Learners.Forest;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Forest;

public sealed class OutOfBagTests
{
    private static readonly ForestTrainer Trainer = new();

    [Theory]
    [InlineData(LearningTask.Binary, "yes", 1)]
    [InlineData(LearningTask.Multiclass, "yes", 0.6)]
    [InlineData(LearningTask.Regression, "no", 0.7)]
    public void OutOfBag_EveryRow_IsTheMeanOfTheTreesThatDidNotDrawIt(LearningTask task, string bootstrap, double fraction)
    {
        const int Trees = 25;
        var seed = new Seed(11);
        var fold = SampleFold.Of(task, 300);
        var configuration = Trainer.Info.Default.With("trees", Trees).With("bootstrap", bootstrap).With("row_fraction", fraction);
        using var run = (IOutOfBagRun)Trainer.Start(new TrainingRequest(fold, fold.Train, configuration, seed, ThreadShare.Single));
        run.Advance(int.MaxValue, CancellationToken.None);
        var found = run.OutOfBag(CancellationToken.None)!;
        var sums = new double[fold.Train.Length * fold.Outputs];
        var counts = new int[fold.Train.Length];
        for (var t = 0; t < Trees; t++)
        {
            var drawn = Drawn(seed.Child("tree").Child(t).Random(), fold.Train.Length, fraction, bootstrap == "yes");
            var values = Alone(run, fold, t);
            for (var i = 0; i < fold.Train.Length; i++)
            {
                if (!drawn.Contains(i))
                {
                    counts[i]++;
                    for (var k = 0; k < fold.Outputs; k++)
                    {
                        sums[i * fold.Outputs + k] += values[fold.Train[i] * fold.Outputs + k];
                    }
                }
            }
        }

        Assert.Equal(fold.Train.Where((_, i) => counts[i] > 0), found.Rows);
        Assert.Equal(Enumerable.Range(0, sums.Length).Where(i => counts[i / fold.Outputs] > 0).Select(i => sums[i] / counts[i / fold.Outputs]), found.Values);
    }

    [Fact]
    public void OutOfBag_ResumedFromACheckpoint_IsThatOfTheSavedRun()
    {
        var fold = SampleFold.Of(LearningTask.Multiclass);
        var request = new TrainingRequest(fold, fold.Train, Trainer.Info.Default.With("trees", 9), new Seed(5), ThreadShare.Single);
        using var saved = (IOutOfBagRun)Trainer.Start(request);
        saved.Advance(4, CancellationToken.None);
        saved.OutOfBag(CancellationToken.None);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        saved.Save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        using var resumed = (IOutOfBagRun)Trainer.Resume(request, reader);
        saved.Advance(5, CancellationToken.None);
        resumed.Advance(5, CancellationToken.None);
        var (expected, found) = (saved.OutOfBag(CancellationToken.None)!, resumed.OutOfBag(CancellationToken.None)!);
        Assert.Equal(expected.Rows, found.Rows);
        Assert.Equal(expected.Values, found.Values);
    }

    [Fact]
    public void OutOfBag_EveryTreeSeesAllRows_ThereIsNone()
    {
        var fold = SampleFold.Of(LearningTask.Binary);
        using var run = (IOutOfBagRun)Trainer.Start(new TrainingRequest(fold, fold.Train, Trainer.Info.Default.With("bootstrap", "no").With("trees", 3), new Seed(1), ThreadShare.Single));
        run.Advance(3, CancellationToken.None);
        Assert.Null(run.OutOfBag(CancellationToken.None));
    }

    [Fact]
    public void OutOfBag_LabelsOfNoise_ScoreAsNoise()
    {
        var random = new SeededRandom(3);
        var fold = SampleFold.Make(LearningTask.Regression, [.. Enumerable.Range(0, 5).Select(c => SampleFold.Numbers("x" + c, [.. Enumerable.Range(0, 500).Select(_ => (float)random.NextNormal())]))], [.. Enumerable.Range(0, 500).Select(_ => random.NextNormal())]);
        using var run = (IOutOfBagRun)Trainer.Start(new TrainingRequest(fold, fold.Train, Trainer.Info.Default.With("trees", 100), new Seed(1), ThreadShare.Single));
        run.Advance(100, CancellationToken.None);
        var unseen = run.OutOfBag(CancellationToken.None)!;
        var seen = new double[500];
        run.Predict(fold.Train, seen);
        // the trees know their own rows by heart; out of bag they know nothing
        Assert.True(Error(fold, fold.Train, seen) < 0.5 && Error(fold, unseen.Rows, unseen.Values) > 0.95);
    }

    private static double Error(PreparedFold fold, int[] rows, double[] values) => rows.Select((r, i) => Math.Pow(values[i] - fold.Target[r], 2)).Average() / fold.Target.Average(t => t * t);

    /// <summary>What one tree predicts for every row of the table.</summary>
    private static double[] Alone(IOutOfBagRun run, PreparedFold fold, int tree)
    {
        var model = (ForestModel)run.Complete();
        return new ForestModel(fold.Task, fold.Outputs, [.. fold.Table.Columns.Select(c => c is Data.Encoding.CategoricalFeature)], new double[fold.Outputs], [model.Trees[tree]]).Predict(fold.Table);
    }

    /// <summary>The rows that a tree draws, written out here once more.</summary>
    private static HashSet<int> Drawn(SeededRandom random, int rows, double fraction, bool replace)
    {
        var draws = (int)Math.Round(fraction * rows);
        var drawn = new HashSet<int>();
        for (var i = 0; replace ? i < draws : i < rows; i++)
        {
            if (replace)
            {
                drawn.Add(random.NextInt(rows));
            }
            else if (drawn.Count < draws && random.NextInt(rows - i) < draws - drawn.Count)
            {
                drawn.Add(i);
            }
        }

        return drawn;
    }
}
