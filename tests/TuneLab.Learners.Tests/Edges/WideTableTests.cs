using TuneLab.Data;
using TuneLab.Randomness;
using TuneLab.Testing.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>Many more columns than rows. How long that takes is the benchmarks' business.</summary>
public sealed class WideTableTests
{
    private const int Rows = 200, Columns = 5000;

    [Theory]
    [InlineData("boosting", LearningTask.Binary)]
    [InlineData("boosting", LearningTask.Multiclass)]
    [InlineData("boosting", LearningTask.Regression)]
    [InlineData("forest", LearningTask.Multiclass)]
    [InlineData("linear", LearningTask.Binary)]
    [InlineData("linear", LearningTask.Multiclass)]
    [InlineData("linear", LearningTask.Regression)]
    public void Fit_FiveThousandColumns_IsFiniteAndTakesLittleMemory(string name, LearningTask task)
    {
        var random = new SeededRandom(3);
        float[][] values = [.. Enumerable.Range(0, Columns).Select(_ => Enumerable.Range(0, Rows).Select(_ => (float)random.NextNormal()).ToArray())];
        double[] target = [.. values[1234].Select(v => task switch { LearningTask.Binary => v > 0 ? 1.0 : 0, LearningTask.Multiclass => v < -0.5 ? 0 : v < 0.5 ? 1 : 2, _ => v })];
        var fold = SampleFold.Make(task, [.. values.Select((v, f) => SampleFold.Numbers("x" + f, v))], target);
        var trainer = EmbeddedTrainers.All.First(t => t.Info.Id == name);
        var configuration = name switch { "boosting" => trainer.Info.Default.With("rounds", 10), "forest" => trainer.Info.Default.With("trees", 10), _ => trainer.Info.Default };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var model = Fits.Model(trainer, fold, configuration);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 500_000_000); // all that was ever allocated; the table of floats is 4 MB, a square of its width 200
        var predicted = model.Predict(fold.Table);
        Assert.All(predicted, v => Assert.True(double.IsFinite(v)));
        var right = Enumerable.Range(0, Rows).Count(row => task switch
        {
            LearningTask.Binary => predicted[row] > 0.5 == (target[row] == 1),
            LearningTask.Multiclass => predicted[row * 3 + (int)target[row]] > 0.34,
            _ => Math.Abs(predicted[row] - target[row]) < 0.8,
        });
        Assert.True(right > 0.8 * Rows, $"right for {right} of {Rows} training rows");
    }
}
