using Microsoft.ML;
using TuneLab.Data;
using TuneLab.MLNet.Engine;
using TuneLab.MLNet.Engine.Definitions;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;
using Xunit.Abstractions;

namespace TuneLab.MLNet.Tests.Engine;

/// <summary>Which trainers repeat exactly, with how many threads: the table of the engine's README. What differs from run to run is shown and not asserted, as it may agree by chance.</summary>
/// <param name="output">Gets a line of the table.</param>
public class RepetitionTests(ITestOutputHelper output)
{
    private const int Rows = 6000;

    /// <summary>Those whose model with two threads is not that with one, or not the same twice.</summary>
    private static readonly string[] NotWithTwo = ["lbfgslogisticregression", "lbfgsmaximumentropy", "lbfgspoisson", "sdcalogisticregression", "sdcamaximumentropy", "sdca"];

    public static TheoryData<string, LearningTask> TrainersAndTasks()
    {
        var cases = new TheoryData<string, LearningTask>();
        foreach (var definition in MLNetTrainers.Definitions)
        {
            foreach (var task in definition.Tasks)
            {
                cases.Add(definition.Id, task);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(TrainersAndTasks))]
    public void Fit_Twice_GivesTheSamePredictions(string id, LearningTask task)
    {
        var (one, again) = (Fit(id, task, 1), Fit(id, task, 1));
        var (two, twoAgain) = (Fit(id, task, 2), Fit(id, task, 2));
        var (repeats, agrees) = (two.AsSpan().SequenceEqual(twoAgain), two.AsSpan().SequenceEqual(one));
        output.WriteLine($"| {id} | {task} | {(repeats ? "yes" : "no")} | {(agrees ? "yes" : "no")} |");
        Assert.Equal(one, again);
        Assert.True(NotWithTwo.Contains(id) || (repeats && agrees), "another model with two threads");
    }

    [Theory]
    [InlineData("no", 1)]
    [InlineData("no", 0.5)]
    [InlineData("yes", 0.5)]
    public void Fit_LightGbmByRows_GivesTheModelOfColumns(string categories, double fraction)
    {
        // most slots of this table belong to a category: by rows with one thread, by columns with more
        var options = (Func<Configuration, Configuration>)(c => c.With("use_categorical_split", categories).With("feature_fraction", fraction).With("subsample_fraction", fraction).With("number_of_leaves", 63));
        Assert.All(Enum.GetValues<LearningTask>(), task => Assert.Equal(Fit("lightgbm", task, 2, options), Fit("lightgbm", task, 1, options)));
    }

    [Fact]
    public void Advance_WhileAnotherRunFits_MakesNoEstimator()
    {
        // FastTree's trainers set the process's number of threads when they are made, and read it while they fit
        var (fitting, beside) = (0, 0);
        var gam = MLNetTrainers.Definitions.Single(d => d.Id == "gam");
        var watched = gam with
        {
            Make = c =>
            {
                Interlocked.Add(ref beside, Volatile.Read(ref fitting));
                return new Watched(gam.Make(c), change => Interlocked.Add(ref fitting, change));
            },
        };
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i => Fit(watched, LearningTask.Binary, 1 + i % 2));
        Assert.Equal((0, 0), (fitting, beside));
    }

    private static double[] Fit(string id, LearningTask task, int threads, Func<Configuration, Configuration>? options = null)
        => Fit(MLNetTrainers.Definitions.Single(d => d.Id == id), task, threads, options);

    private static double[] Fit(TrainerDefinition definition, LearningTask task, int threads, Func<Configuration, Configuration>? options = null)
    {
        var fold = SampleFold.Of(task, Rows);
        var trainer = new MLNetTrainer(definition, threads);
        using var run = trainer.Start(new TrainingRequest(fold, fold.Train, options?.Invoke(trainer.Info.Cheap) ?? trainer.Info.Cheap, new Seed(7), ThreadShare.Single));
        run.Advance(int.MaxValue, CancellationToken.None);
        var values = new double[Rows * fold.Outputs];
        run.Predict([.. Enumerable.Range(0, Rows)], values);
        return values;
    }

    private sealed class Watched(IEstimator<ITransformer> inner, Action<int> fits) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            fits(1);
            try
            {
                return inner.Fit(input);
            }
            finally
            {
                fits(-1);
            }
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }
}
