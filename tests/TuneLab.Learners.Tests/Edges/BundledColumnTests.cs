using System.Globalization;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Binning;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>Columns that share one because they exclude each other give the model that they give apart.</summary>
public sealed class BundledColumnTests
{
    private const int Rows = 700;

    /// <summary>Trainers and hyperparameters.</summary>
    public static TheoryData<string, LearningTask, string, string> Cases()
    {
        var cases = new TheoryData<string, LearningTask, string, string>();
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            cases.Add("boosting", task, "max_bin", "255");
            cases.Add("boosting", task, "max_bin", "7");
            cases.Add("boosting", task, "feature_fraction", "0.5");
            cases.Add("boosting", task, "bagging_fraction", "0.5");
            cases.Add("boosting", task, "extra_trees", "yes");
            cases.Add("forest", task, "max_bin", "255");
            cases.Add("forest", task, "max_bin", "2");
            cases.Add("forest", task, "kind", "extra");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_ExclusiveColumns_SavesTheModelOfColumnsApart(string name, LearningTask task, string parameter, string value)
    {
        var trainer = EmbeddedTrainers.All.First(t => t.Info.Id == name);
        var configuration = Fits.Free(trainer, name == "boosting" ? ("rounds", 12) : ("trees", 8));
        configuration = double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? configuration.With(parameter, number) : configuration.With(parameter, value);
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var (together, apart) = (Fold(task, seed, 0), Fold(task, seed, 1));
            Assert.Contains(BinnedTable.Of(together, 255, 1).Places, p => p.Bundled);
            Assert.DoesNotContain(BinnedTable.Of(apart, 255, 1).Places, p => p.Bundled);
            var (a, b) = (Fits.Model(trainer, together, configuration), Fits.Model(trainer, apart, configuration));
            Assert.Equal(Fits.Bytes(b), Fits.Bytes(a));
            Assert.Equal(b.Predict(together.Table), ByRun(trainer, together, configuration));
        }
    }

    private static double[] ByRun(ITrainer trainer, PreparedFold fold, Configuration configuration)
    {
        using var run = trainer.Start(new TrainingRequest(fold, fold.Train, configuration, new Seed(3), new ThreadShare(2)));
        run.Advance(int.MaxValue, CancellationToken.None);
        var values = new double[Rows * fold.Outputs];
        run.Predict([.. Enumerable.Range(0, Rows)], values);
        return values;
    }

    /// <summary>A number, a category as 20 columns of 0 and 1, seven sparse columns of numbers with missing values, two categories that are nearly always the same.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="seed">Of the values.</param>
    /// <param name="more">One more row, which is not for training, where no column has its usual value: then none excludes another.</param>
    private static PreparedFold Fold(LearningTask task, ulong seed, int more)
    {
        var random = new SeededRandom(seed);
        int[] level = [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(25))];
        int[] turn = [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(60))];
        float[] number = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.NextNormal())];
        float Sparse(int k, int i) => turn[i] != k ? k == 3 ? float.NaN : 0 : (i % 6) switch { 0 => float.NaN, 1 => -3, var rest => rest };
        FeatureColumn[] columns =
        [
            SampleFold.Numbers("number", [.. number, .. new float[more]]),
            .. Enumerable.Range(0, 20).Select(k => SampleFold.Numbers("level" + k, [.. level.Select(l => l == k ? 1f : 0), .. Enumerable.Repeat(1f, more)])),
            .. Enumerable.Range(0, 7).Select(k => SampleFold.Numbers("sparse" + k, [.. Enumerable.Range(0, Rows).Select(i => Sparse(k, i)), .. Enumerable.Repeat(100f, more)])),
            .. Enumerable.Range(50, 2).Select(k => SampleFold.Categories("mostly" + k, [.. Enumerable.Range(0, Rows).Select(i => turn[i] == k ? i % 4 - 1 : 2), .. Enumerable.Repeat(1, more)])),
        ];
        double[] target = [.. Enumerable.Range(0, Rows + more).Select(i => i == Rows ? 0 : number[i] + Math.Sin(3 * level[i]) + (turn[i] < 7 ? 2 : turn[i] >= 50 ? i % 4 : 0) + 0.2 * random.NextNormal())];
        return SampleFold.Make(task, columns, task switch
        {
            LearningTask.Binary => Array.ConvertAll(target, t => t > 0.5 ? 1.0 : 0),
            LearningTask.Multiclass => Array.ConvertAll(target, t => t < 0 ? 0.0 : t < 1 ? 1 : 2),
            _ => target,
        }, null, [.. Enumerable.Range(0, Rows)]);
    }
}
