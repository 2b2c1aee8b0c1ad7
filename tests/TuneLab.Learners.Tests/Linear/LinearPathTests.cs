using TuneLab.Data;
using TuneLab.Learners.Linear;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Linear;

public class LinearPathTests
{
    [Theory]
    [InlineData(LearningTask.Binary, 0)]
    [InlineData(LearningTask.Binary, 0.7)]
    [InlineData(LearningTask.Multiclass, 0)]
    [InlineData(LearningTask.Multiclass, 0.7)]
    [InlineData(LearningTask.Regression, 0)]
    [InlineData(LearningTask.Regression, 0.7)]
    public void Advance_EachRoundOfThePath_IsTheFitAtThatStrength(LearningTask task, double ratio)
    {
        var fold = SampleFold.Of(task);
        using var run = Start(fold, ratio);
        var (along, alone) = (new double[fold.Train.Length * fold.Outputs], new double[fold.Table.RowCount * fold.Outputs]);
        while (run.CanAdvance)
        {
            run.Advance(1, CancellationToken.None);
            run.Predict(fold.Train, along);
            LinearFits.Fit(fold, StrengthPath.At(run.Rounds), ratio).Predict(fold.Table, alone);
            for (var i = 0; i < along.Length; i++)
            {
                Assert.Equal(alone[i], along[i], 1e-3);
            }
        }

        Assert.InRange(run.Rounds, 12, StrengthPath.Count);
    }

    [Fact]
    public void Advance_LabelThatIsASum_EndsWhenHardlyAnythingIsLeft()
    {
        var x = Enumerable.Range(0, 50).Select(i => (float)Math.Sin(i)).ToArray();
        using var run = Start(SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", x)], [.. x.Select(v => 2.0 * v)]), 0);
        run.Advance(int.MaxValue, CancellationToken.None);

        // the error of a ridge on one column falls as (s / (1 + s))^2: below 0.001 of the constant's from s = 0.0327
        Assert.Equal(9, run.Rounds);
        Assert.Equal(0.0215, StrengthPath.At(9));
    }

    [Fact]
    public void Advance_LabelThatIsNoise_EndsWhereWeakerStrengthsGainNothing()
    {
        var random = new SeededRandom(5);
        float[] x = [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextNormal())];
        using var run = Start(SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", x)], [.. x.Select(_ => random.NextNormal())]), 0);
        run.Advance(int.MaxValue, CancellationToken.None);

        Assert.Equal(1e-3, StrengthPath.At(run.Rounds));
    }

    [Fact]
    public void MaxRounds_StrengthGiven_IsOne()
    {
        var info = new LinearTrainer().Info;

        Assert.Equal(StrengthPath.Count, info.MaxRounds(info.Default));
        Assert.Equal(1, info.MaxRounds(info.Default.With("strength", 0.3)));
        Assert.Equal(-1, info.DefaultSpace.IndexOf("strength"));
    }

    [Fact]
    public void At_EachRound_IsAboutTheThirdRootOfTenBelowTheLast()
    {
        Assert.Equal((10, 1e-6), (StrengthPath.At(1), StrengthPath.At(StrengthPath.Count)));
        Assert.All(Enumerable.Range(1, StrengthPath.Count - 1), r => Assert.Equal(Math.Cbrt(10), StrengthPath.At(r) / StrengthPath.At(r + 1), 0.01));
    }

    private static ITrainingRun Start(PreparedFold fold, double ratio)
        => new LinearTrainer().Start(new TrainingRequest(fold, fold.Train, new Configuration("linear", [new("l1_ratio", ratio)]), new Seed(1), ThreadShare.Single));
}
