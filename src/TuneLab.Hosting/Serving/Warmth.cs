using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Hosting.Serving;

/// <summary>Throwaway fits: a process's first fit is spent on compiling code (ML.NET's 0.4 s, the next 0.04 s), which may as well happen while the data are still read.</summary>
internal static class Warmth
{
    private const int Rows = 60;

    /// <summary>Fits, scores and writes a tiny made-up table with each trainer. One that fails is passed over: its runs will say why.</summary>
    /// <param name="catalog">The trainers.</param>
    /// <param name="trainers">Ids; those that are not there are passed over.</param>
    /// <param name="cancellation">Ends it, between trainers at the latest.</param>
    public static void Of(TrainerCatalog catalog, IReadOnlyList<string> trainers, CancellationToken cancellation)
    {
        foreach (var trainer in trainers.Select(catalog.Find).OfType<ITrainer>())
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            try
            {
                Fit(trainer, cancellation);
            }
            catch (Exception e) when (e is not (StackOverflowException or AccessViolationException))
            {
                continue; // its first run is a cold one
            }
        }
    }

    private static void Fit(ITrainer trainer, CancellationToken cancellation)
    {
        var (info, fold) = (trainer.Info, Fold(trainer.Info.Tasks));
        var request = new TrainingRequest(fold, fold.Train, info.Settled(info.Cheap, 1), new Seed(0), ThreadShare.Single);
        using var run = trainer.Start(request, cancellation);
        run.Advance(1, cancellation);
        run.Predict(fold.Train, new double[Rows * fold.Outputs]);
        run.Complete().Save(new BinaryWriter(Stream.Null));
    }

    // two numbers and a category that say something of the label
    private static PreparedFold Fold(IReadOnlyList<LearningTask> tasks)
    {
        var task = tasks.Contains(LearningTask.Binary) ? LearningTask.Binary : tasks[0];
        var random = new Seed(0).Random();
        var (a, b, codes, target) = (new float[Rows], new float[Rows], new int[Rows], new double[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            (a[i], b[i], codes[i]) = ((float)random.NextNormal(), (float)random.NextNormal(), i % 3);
            target[i] = task == LearningTask.Regression ? Math.Exp(a[i]) : a[i] + (0.5 * b[i]) > 0 ? 1 : 0;
        }

        var table = new FeatureTable([new NumericFeature("a", "a", a), new NumericFeature("b", "b", b), new CategoricalFeature("c", "c", codes, 3)], Rows);
        return new PreparedFold(task, task == LearningTask.Multiclass ? 2 : 1, table, target, null, [.. Enumerable.Range(0, Rows)]);
    }
}
