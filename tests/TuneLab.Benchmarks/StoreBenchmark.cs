using System.Globalization;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Benchmarks;

/// <summary>What the SQLite store costs: adding evaluations, finding many, opening.</summary>
public static class StoreBenchmark
{
    private const int Evaluations = 1500;
    private const int Trials = 300;
    private const int Adds = 4000;
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>Prints one line per figure.</summary>
    /// <param name="args"><c>open STORE</c> reads a store that is there, once, as the first thing that a process does; nothing measures all on a store of its own.</param>
    /// <param name="output">Where the lines go.</param>
    public static void Run(string[] args, TextWriter output)
    {
        if (args is ["open", var path])
        {
            Print(output, "open and read all, first in a process", Seconds(() => ReadAll(path)) * 1000, "ms");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("tunelab-benchmark-");
        try
        {
            foreach (var threads in new[] { 1, 2 })
            {
                var seconds = Add(Path.Combine(folder.FullName, "add" + threads.ToString(CultureInfo.InvariantCulture) + ".db"), threads);
                Print(output, threads == 1 ? "add evaluations, 1 thread" : "add evaluations, 2 threads", threads * Adds / seconds, "per second");
            }

            var store = args.Length == 0 ? Path.Combine(folder.FullName, "read.db") : args[0];
            Fill(store);
            Find(store, output);
            var opening = Median(() => ReadAll(store));
            Print(output, string.Create(CultureInfo.InvariantCulture, $"open, read {Trials} trials and {Evaluations} evaluations"), opening * 1000, "ms");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Add(string path, int threads)
    {
        using var store = SqliteTrialStore.Open(path, Time);
        return Seconds(() => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            for (var i = 0; i < Adds; i++)
            {
                store.AddEvaluation(Sample((thread * Adds) + i));
            }
        }));
    }

    private static void Fill(string path)
    {
        using var store = SqliteTrialStore.Open(path, Time);
        var id = store.OpenExperiment(Key(-1), "benchmark", "fingerprint", "{}").Id;
        for (var i = 0; i < Evaluations * 10; i++)
        {
            store.AddEvaluation(Sample(i));
        }

        for (var i = 0; i < Trials; i++)
        {
            store.AddTrial(id, new FinishedTrial
            {
                Number = i,
                Stage = "coarse",
                Pass = 1,
                Configuration = new Configuration("boosting", [new("learning_rate", 1.0 / (i + 3)), new("leaves", 31), new("growth", "leaf"), new("l2", 0.1 * i)]),
                Status = TrialStatus.Completed,
                Cached = false,
                Scores = [0.8, 0.81, 0.82, 0.83, 0.84],
                Rows = 1,
                Rounds = 100,
                StartedSeconds = i,
                FinishedSeconds = i + 1,
                FitSeconds = 1,
                ScoreSeconds = 0.1,
                Reason = "",
                Evaluations = [.. Enumerable.Range(i * 5, 5).Select(Key)],
            });
        }
    }

    private static void Find(string path, TextWriter output)
    {
        using var store = SqliteTrialStore.OpenExisting(path, Time);
        var keys = Enumerable.Range(0, Evaluations).Select(Key).ToArray();
        var seconds = Median(() => store.FindEvaluations(keys));
        Print(output, string.Create(CultureInfo.InvariantCulture, $"find {Evaluations} of {Evaluations * 10} evaluations"), seconds * 1000, "ms");
    }

    private static void ReadAll(string path)
    {
        using var store = SqliteTrialStore.OpenExisting(path, Time);
        var trials = store.Trials(store.Experiments()[0].Id);
        var found = store.FindEvaluations([.. trials.SelectMany(t => t.Evaluations)]);
        if (trials.Count != Trials || found.Count != Evaluations)
        {
            throw new InvalidOperationException("The store does not hold what was written.");
        }
    }

    private static Evaluation Sample(int number) => new()
    {
        Key = Key(number),
        Trainer = "boosting",
        Configuration = "boosting{growth=leaf,l2=0.1,learning_rate=0.05,leaves=31}",
        Rounds = [.. Enumerable.Range(1, 10).Select(r => r * 20)],
        Losses = [.. Enumerable.Range(1, 10).Select(r => 1.0 / (r + number))],
        Metrics = ["auc", "prauc", "logloss", "accuracy", "balanced_accuracy", "f1", "precision", "recall", "mcc", "brier"],
        Scores = [.. Enumerable.Range(1, 100).Select(r => 1.0 / (r + number))],
        FitSeconds = 0.5,
        ScoreSeconds = 0.01,
        PeakMemoryBytes = 200_000_000,
        Stopped = "last round",
        TrainRows = 8000,
        ValidRows = 2000,
    };

    private static string Key(int number) => new EvaluationKey
    {
        Fingerprint = "f",
        Split = "s",
        Rows = 1,
        Rounds = "r",
        Trainer = "t",
        Versions = "v",
        Configuration = number.ToString(CultureInfo.InvariantCulture),
        Seed = 1,
    }.Hash();

    private static double Median(Action action) => Enumerable.Range(0, 9).Select(_ => Seconds(action)).Order().ElementAt(4);

    private static double Seconds(Action action)
    {
        var start = Time.GetTimestamp();
        action();
        return Time.GetElapsedTime(start).TotalSeconds;
    }

    private static void Print(TextWriter output, string what, double value, string unit)
        => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"store: {what}: {value:N1} {unit}"));
}
