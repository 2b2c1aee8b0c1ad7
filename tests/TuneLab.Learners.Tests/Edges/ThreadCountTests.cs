using TuneLab.Data;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>One to eight threads give the same model, on a table large enough that they share the work.</summary>
public sealed class ThreadCountTests
{
    [Theory]
    [InlineData("boosting", LearningTask.Binary, "rounds", 6)]
    [InlineData("boosting", LearningTask.Multiclass, "rounds", 3)]
    [InlineData("boosting", LearningTask.Regression, "rounds", 6)]
    [InlineData("forest", LearningTask.Multiclass, "trees", 9)]
    [InlineData("linear", LearningTask.Binary, "strength", 1)]
    public void Fit_OneToEightThreads_SavesTheSameBytes(string name, LearningTask task, string parameter, int value)
    {
        var trainer = EmbeddedTrainers.All.First(t => t.Info.Id == name);
        var configuration = trainer.Info.Default.With(parameter, value);
        var expected = Fits.Bytes(Fits.Model(trainer, SampleFold.Of(task, 20_000), configuration));
        for (var threads = 2; threads <= 8; threads++)
        {
            Assert.Equal(expected, Fits.Bytes(Fits.Model(trainer, SampleFold.Of(task, 20_000), configuration, threads)));
        }
    }
}
