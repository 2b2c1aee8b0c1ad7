using TuneLab.Data;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests;

public class SettledTests
{
    [Theory]
    [InlineData("boosting", "rounds", 0)]
    [InlineData("forest", "trees", 0)]
    [InlineData("linear", "strength", 1e-3)] // the path starts a fit where the last one ended
    public void Settled_SomeRounds_AsksForTheModelOfThoseRounds(string id, string decides, double tolerance)
    {
        var trainer = EmbeddedTrainers.All.Single(t => t.Info.Id == id);
        var fold = SampleFold.Of(LearningTask.Multiclass);
        var whole = id == "linear" ? trainer.Info.Default : trainer.Info.Default.With(decides, 20);
        using var run = trainer.Start(new TrainingRequest(fold, fold.Train, whole, new Seed(3), ThreadShare.Single));
        run.Advance(7, CancellationToken.None);
        var expected = new double[fold.Train.Length * fold.Outputs];
        run.Predict(fold.Train, expected);

        var settled = trainer.Info.Settled(whole, run.Rounds);
        Assert.NotEqual(whole, settled);
        Assert.Equal(whole.With(decides, settled.Values[decides]), settled);
        using var again = trainer.Start(new TrainingRequest(fold, fold.Train, settled, new Seed(3), ThreadShare.Single));
        again.Advance(int.MaxValue, CancellationToken.None);
        var values = new double[expected.Length];
        again.Predict(fold.Train, values);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        Assert.False(again.CanAdvance);
    }

    [Fact]
    public void Settled_StrengthThatWasGiven_Stays()
    {
        var info = EmbeddedTrainers.All.Single(t => t.Info.Id == "linear").Info;
        Assert.Equal(info.Cheap, info.Settled(info.Cheap, 1));
    }
}
