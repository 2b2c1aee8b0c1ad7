using TuneLab.Data;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Boosting;

public sealed class BoostingCheckpointTests
{
    private static readonly BoostingTrainer Trainer = new();

    [Theory]
    [InlineData("squared")]
    [InlineData("absolute")]
    [InlineData("huber")]
    [InlineData("quantile")]
    [InlineData("poisson")]
    public void Resume_EachObjective_GoesOnBitForBit(string objective)
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        var request = new TrainingRequest(fold, fold.Train, Trainer.Info.Cheap.With("rounds", 12).With("objective", objective), new Seed(3), ThreadShare.Single);
        using var saved = new MemoryStream();
        using (var run = Trainer.Start(request))
        {
            run.Advance(5, CancellationToken.None);
            using var writer = new BinaryWriter(saved, System.Text.Encoding.UTF8, leaveOpen: true);
            run.Save(writer);
        }

        saved.Position = 0;
        using var reader = new BinaryReader(saved);
        using var resumed = Trainer.Resume(request, reader);
        using var atOnce = Trainer.Start(request);
        Assert.Equal(ToTheEnd(atOnce), ToTheEnd(resumed));
    }

    private static byte[] ToTheEnd(ITrainingRun run)
    {
        run.Advance(int.MaxValue, CancellationToken.None);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        run.Complete().Save(writer);
        return stream.ToArray();
    }
}
