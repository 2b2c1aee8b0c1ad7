using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.MLNet.Tests.Engine;

/// <summary>Several classes, one of which is soon learned: its rounds leave no trees any more, while the others go on.</summary>
public sealed class LackingTreesTests
{
    private const int Rounds = 150;
    private static readonly int[] Checkpoints = [3, 40, 80, 120, Rounds];
    private readonly ITrainer _trainer = MLNetTrainers.All.Single(t => t.Info.Id == "lightgbm");
    private readonly PreparedFold _fold = Fold();

    [Fact]
    public void Advance_InSteps_PredictsAsRunsOfThatManyRounds()
    {
        using var run = Start(Rounds);
        foreach (var rounds in Checkpoints)
        {
            run.Advance(rounds - run.Rounds, CancellationToken.None);
            Assert.Equal(rounds, run.Rounds);
            using var whole = Start(rounds);
            whole.Advance(rounds, CancellationToken.None);
            Close(Predicted(whole), Predicted(run));
        }

        Assert.True(run.ScoringRefits, "no round was without a tree: the test shows nothing");
    }

    [Fact]
    public void Resume_FromTheMiddle_GoesOnToTheSameModel()
    {
        using var run = Start(Rounds);
        run.Advance(Checkpoints[2], CancellationToken.None);
        using var checkpoint = new MemoryStream();
        using var writer = new BinaryWriter(checkpoint);
        run.Save(writer);
        checkpoint.Position = 0;
        using var reader = new BinaryReader(checkpoint);
        using var resumed = _trainer.Resume(Request(Rounds), reader);
        Assert.Equal((run.Rounds, run.CanAdvance), (resumed.Rounds, resumed.CanAdvance));
        Close(Predicted(run), Predicted(resumed));
        run.Advance(Rounds, CancellationToken.None);
        resumed.Advance(Rounds, CancellationToken.None);
        Assert.Equal(Saved(run.Complete()), Saved(resumed.Complete()));
    }

    private ITrainingRun Start(int rounds) => _trainer.Start(Request(rounds));

    private TrainingRequest Request(int rounds)
    {
        var configuration = _trainer.Info.Default.With("number_of_iterations", rounds).With("learning_rate", 0.3).With("minimum_child_weight", 2.0).With("number_of_leaves", 4);
        return new TrainingRequest(_fold, _fold.Train, configuration, new Seed(3), ThreadShare.Single);
    }

    private double[] Predicted(ITrainingRun run)
    {
        var values = new double[_fold.Train.Length * 3];
        run.Predict(_fold.Train, values);
        return values;
    }

    private static void Close(double[] expected, double[] actual)
        => Assert.All(Enumerable.Range(0, expected.Length), i => Assert.True(Math.Abs(expected[i] - actual[i]) < 2e-6, $"{i}: {expected[i]} and {actual[i]}"));

    private static byte[] Saved(ITrainedModel model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        model.Save(writer);
        return stream.ToArray();
    }

    // the first class is told by a, the others by b, and not well
    private static PreparedFold Fold()
    {
        const int rows = 600;
        var random = new SeededRandom(8);
        var (a, b, target) = (new float[rows], new float[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            (a[i], b[i]) = (random.NextInt(2), (float)random.NextNormal());
            target[i] = a[i] == 0 ? 0 : b[i] + random.NextNormal() > 0 ? 1 : 2;
        }

        int[] all = [.. Enumerable.Range(0, rows)];
        return new PreparedFold(LearningTask.Multiclass, 3, new FeatureTable([new NumericFeature("a", "a", a), new NumericFeature("b", "b", b)], rows), target, null, all);
    }
}
