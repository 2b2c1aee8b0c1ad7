using TuneLab.Data;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>One to eight threads give the same model, on a table large enough that they share the work.</summary>
public sealed class ThreadCountTests
{
    [Theory]
    [InlineData("boosting", LearningTask.Binary, 50_000, "rounds", 4)]
    [InlineData("boosting", LearningTask.Multiclass, 50_000, "rounds", 2)]
    [InlineData("boosting", LearningTask.Regression, 50_000, "rounds", 4)]
    [InlineData("forest", LearningTask.Multiclass, 5000, "trees", 9)]
    [InlineData("linear", LearningTask.Multiclass, 20_000, "strength", 1)]
    public void Fit_OneToEightThreads_SavesTheSameBytes(string name, LearningTask task, int rows, string parameter, int value)
    {
        var trainer = EmbeddedTrainers.All.First(t => t.Info.Id == name);
        var configuration = trainer.Info.Default.With(parameter, value);
        var expected = Fits.Bytes(Fits.Model(trainer, SampleFold.Of(task, rows), configuration));
        for (var threads = 2; threads <= 8; threads++)
        {
            Assert.Equal(expected, Fits.Bytes(Fits.Model(trainer, SampleFold.Of(task, rows), configuration, threads)));
        }
    }
}
