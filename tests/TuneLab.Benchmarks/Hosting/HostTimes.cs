using System.Diagnostics;
using System.Globalization;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Hosting;
using TuneLab.Hosting.Tests.Host;
using TuneLab.Learners.Linear;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Hosting;

/// <summary>Single hosts: how long they take to start, to answer and to be ended, and what they weigh.</summary>
internal static class HostTimes
{
    private const int Repeats = 7;

    public static void Print(TextWriter output)
    {
        var cold = Enumerable.Range(0, Repeats).Select(_ => Cold()).ToList();
        Row(output, "a cold host, until its first run is started", "", $"{1000 * Figures.Median(cold.Select(c => c.Start)):0} ms");
        Row(output, "its first run of 400 rows, linear", "", $"{1000 * Figures.Median(cold.Select(c => c.First)):0} ms");
        Row(output, "its tenth run", "", $"{1000 * Figures.Median(cold.Select(c => c.Tenth)):0.0} ms");
        Row(output, "resident memory of a host that has done ten such runs", "", $"{Figures.Median(cold.Select(c => c.Megabytes)):0} MB");
        Row(output, "a request and its answer", "", $"{1e6 * Figures.Median(cold.Select(c => c.Question)):0} µs");
        Row(output, "cancelled until the call returns, trainer that sleeps for ever", "1 s", $"{1000 * Figures.Median(Enumerable.Range(0, Repeats).Select(_ => Hung(Misdeed.Sleep))):0} ms");
        Row(output, "the same, trainer that computes for ever", "1 s", $"{1000 * Figures.Median(Enumerable.Range(0, Repeats).Select(_ => Hung(Misdeed.Spin))):0} ms");
        Row(output, "crash (FailFast) until the call returns", "1 s", $"{1000 * Figures.Median(Enumerable.Range(0, Repeats).Select(_ => Crashed())):0} ms");
        if (OperatingSystem.IsLinux())
        {
            Row(output, "kill -9 of the parent until its host is gone", "1 s", $"{1000 * Figures.Median(Enumerable.Range(0, Repeats).Select(_ => Orphaned())):0} ms");
        }

        Row(output, "a search of 10 s whose trials sleep for ever, 2 jobs: from its start to the written model", "15 s", $"{Figures.Median(Enumerable.Range(0, 3).Select(_ => EndlessSearch.Seconds())):0.0} s");
    }

    private static (double Start, double First, double Tenth, double Megabytes, double Question) Cold()
    {
        using var pool = new HostPool(new HostPoolOptions { Command = new HostCommand("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "tunelab.dll"), "host"]), Hosts = 1 });
        var trainer = new HostedTrainer(new LinearTrainer(), pool);
        var fold = SampleFold.Of(LearningTask.Binary);
        var request = new TrainingRequest(fold, fold.Train, trainer.Info.Default, new Seed(1), ThreadShare.Single);
        var clock = Stopwatch.StartNew();
        var run = trainer.Start(request);
        var start = clock.Elapsed.TotalSeconds;
        double first = 0, tenth = 0, question = 0;
        for (var i = 1; i <= 10; i++)
        {
            clock.Restart();
            run ??= trainer.Start(request);
            run.Advance(int.MaxValue, CancellationToken.None);
            run.Predict(fold.Train, new double[fold.Train.Length]);
            tenth = clock.Elapsed.TotalSeconds;
            first = i == 1 ? tenth : first;
            int[] none = [];
            clock.Restart();
            for (var j = 0; j < 200; j++)
            {
                run.Predict(none, []);
            }

            question = clock.Elapsed.TotalSeconds / 200;
            run.Dispose();
            run = null;
        }

        using var process = Process.GetProcessById(pool.ProcessIds.Single());
        return (start, first, tenth, process.WorkingSet64 / 1e6, question);
    }

    private static double Hung(Misdeed misdeed)
    {
        using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This(), Hosts = 1 });
        using var run = Start(pool, misdeed);
        using var limit = new CancellationTokenSource(200);
        var clock = Stopwatch.StartNew();
        try
        {
            run.Advance(1, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return clock.Elapsed.TotalSeconds - 0.2;
        }

        throw new InvalidOperationException("it did not hang");
    }

    private static double Crashed()
    {
        using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This(), Hosts = 1 });
        using var run = Start(pool, Misdeed.FailFast);
        var clock = Stopwatch.StartNew();
        try
        {
            run.Advance(1, CancellationToken.None);
        }
        catch (TuneLabException)
        {
            return clock.Elapsed.TotalSeconds;
        }

        throw new InvalidOperationException("it did not crash");
    }

    private static double Orphaned()
    {
        var command = HostCommands.This("parent", nameof(Misdeed.Spin));
        using var parent = Process.Start(new ProcessStartInfo(command.File, command.Arguments) { RedirectStandardOutput = true })!;
        var host = int.Parse(parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        Thread.Sleep(200);
        var clock = Stopwatch.StartNew();
        parent.Kill();
        while (Lives(host))
        {
            Thread.Sleep(1);
        }

        return clock.Elapsed.TotalSeconds;
    }

    // an ended process stays listed until whoever inherited it asks how it ended; the runtime looks for one that is no child of its own only now and then
    private static bool Lives(int process)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{process}/stat");
            return state[state.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static ITrainingRun Start(HostPool pool, Misdeed misdeed)
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        return new HostedTrainer(new RogueTrainer(), pool).Start(new TrainingRequest(fold, fold.Train, RogueTrainer.With(misdeed), new Seed(1), ThreadShare.Single));
    }

    private static void Row(TextWriter output, string figure, string bound, FormattableString measured)
        => output.WriteLine($"| {figure} | {bound} | | {FormattableString.Invariant(measured)} |");
}
