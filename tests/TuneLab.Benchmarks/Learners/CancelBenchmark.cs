using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>
/// How long after a cancellation a fit of 100,000 rows x 50 columns returns, cancelled at random moments of binning (a new fold each time) and of its rounds. In brackets: processor time of the
/// process meanwhile, all threads, which is what a busy machine leaves alone.
/// </summary>
internal static class CancelBenchmark
{
    private const int Rows = 100_000;
    private const int Columns = 50;
    private const int Bound = 50; // milliseconds

    public static void Run(LearnerArguments arguments, TextWriter output)
    {
        output.WriteLine($"| {Rows} x {Columns}, cancelled at random moments, milliseconds (CPU) | threads | cancellations | median | worst | bound |");
        output.WriteLine("|---|---|---|---|---|---|");
        var folds = Enum.GetValues<LearningTask>().ToDictionary(t => t, Fold);
        foreach (var threads in arguments.Threads)
        {
            foreach (var (name, task, configuration) in Fits())
            {
                var delays = new List<Measured>();
                var random = new Seed(5).Child(name).Random();
                for (var i = 0; i < 8 * arguments.Repeats; i++)
                {
                    // a fit's first third of a second is binning, the rest rounds
                    var moment = TimeSpan.FromMilliseconds((i % 2 == 0 ? 300 : 2000) * random.NextDouble());
                    if (Delay(Fresh(folds[task]), configuration, threads, moment) is { } delay)
                    {
                        delays.Add(delay);
                    }
                }

                var worst = delays.MaxBy(d => d.Seconds);
                output.WriteLine(FormattableString.Invariant(
                    $"| {name} | {threads} | {delays.Count} | {1e3 * Statistics.Median(delays.Select(d => d.Seconds)):0.0} ({1e3 * Statistics.Median(delays.Select(d => d.CpuSeconds)):0.0}) | {1e3 * worst.Seconds:0.0} ({1e3 * worst.CpuSeconds:0.0}) | {Bound} |"));
                output.Flush();
            }
        }
    }

    private static IEnumerable<(string Name, LearningTask Task, Configuration Configuration)> Fits()
    {
        var all = EmbeddedTrainers.All.ToDictionary(t => t.Info.Id, t => t.Info.Default);
        yield return ("boosting, two classes", LearningTask.Binary, all["boosting"].With("rounds", 10_000).With("leaves", 255));
        yield return ("boosting, three classes", LearningTask.Multiclass, all["boosting"].With("rounds", 10_000));
        yield return ("boosting, 63 bins", LearningTask.Regression, all["boosting"].With("rounds", 10_000).With("max_bin", 63));
        yield return ("boosting, huber", LearningTask.Regression, all["boosting"].With("rounds", 10_000).With("objective", "huber"));
        yield return ("forest", LearningTask.Multiclass, all["forest"].With("trees", 1000));
        yield return ("extra trees", LearningTask.Regression, all["forest"].With("trees", 1000).With("kind", "extra"));
        yield return ("linear, three classes", LearningTask.Multiclass, all["linear"].With("l1_ratio", 0.5));
        yield return ("linear, quantiles", LearningTask.Binary, all["linear"].With("transform", "quantile"));
    }

    /// <summary>From the cancellation to the return; null when the fit was done before.</summary>
    private static Measured? Delay(PreparedFold fold, Configuration configuration, int threads, TimeSpan moment)
    {
        using var source = new CancellationTokenSource();
        var (cancelled, cpu) = (0L, TimeSpan.Zero);
        var canceller = new Thread(() =>
        {
            Thread.Sleep(moment);
            (cancelled, cpu) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
            source.Cancel();
        });
        canceller.Start();
        try
        {
            using var run = EmbeddedTrainers.All.First(t => t.Info.Id == configuration.Trainer).Start(new TrainingRequest(fold, fold.Train, configuration, new Seed(1), new ThreadShare(threads)), source.Token);
            run.Advance(int.MaxValue, source.Token);
            canceller.Join();
            return null;
        }
        catch (OperationCanceledException)
        {
            var seconds = TimeProvider.System.GetElapsedTime(cancelled).TotalSeconds;
            var used = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            canceller.Join();
            return new Measured(seconds, used);
        }
    }

    private static PreparedFold Fresh(PreparedFold fold) => new(fold.Task, fold.Outputs, fold.Table, fold.Target, null, fold.Train);

    /// <summary>45 columns of numbers, 5 of categories; a label with signal in all of them.</summary>
    private static PreparedFold Fold(LearningTask task)
    {
        var random = new Seed(4).Child("cancel").Random();
        var score = new double[Rows];
        var columns = new FeatureColumn[Columns];
        for (var f = 0; f < Columns; f++)
        {
            var name = FormattableString.Invariant($"x{f}");
            if (f % 10 == 9)
            {
                var codes = new int[Rows];
                for (var row = 0; row < Rows; row++)
                {
                    codes[row] = random.NextInt(30);
                    score[row] += Math.Sin(codes[row]);
                }

                columns[f] = new CategoricalFeature(name, name, codes, 30);
                continue;
            }

            var values = new float[Rows];
            for (var row = 0; row < Rows; row++)
            {
                values[row] = (float)random.NextNormal();
                score[row] += f % 2 == 0 ? 0.3 * values[row] : 0.3 * Math.Abs(values[row]);
            }

            columns[f] = new NumericFeature(name, name, values);
        }

        var sorted = score.Order().ToArray();
        var (low, high) = (sorted[Rows / 3], sorted[2 * Rows / 3]);
        double[] target = [.. score.Select(s => s + random.NextNormal()).Select(s => task switch { LearningTask.Binary => s > low ? 1 : 0, LearningTask.Multiclass => s < low ? 0 : s < high ? 1 : 2, _ => s })];
        return new PreparedFold(task, task == LearningTask.Multiclass ? 3 : 1, new FeatureTable(columns, Rows), target, null, [.. Enumerable.Range(0, Rows)]);
    }
}
