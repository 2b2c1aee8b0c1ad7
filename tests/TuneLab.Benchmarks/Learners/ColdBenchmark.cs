using System.Text.Json;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>What the first fit of a process costs, 100 rounds of 31 leaves on iris, and what the second does: from fresh bins, each in several processes.</summary>
internal static class ColdBenchmark
{
    public static void Run(LearnerArguments arguments, TextWriter output)
    {
        output.WriteLine("| 100 rounds on iris, milliseconds (CPU) | threads | median | of all | bound |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var threads in arguments.Threads)
        {
            var runs = Enumerable.Range(0, arguments.Repeats).Select(_ => OwnProcess.Run("cold-fit", "--threads", FormattableString.Invariant($"{threads}"))).ToList();
            Print("first fit of a process", "250", [.. runs.Select(r => r.Json["first"].Deserialize<Measured>())]);
            Print("second fit", "20", [.. runs.Select(r => r.Json["second"].Deserialize<Measured>())]);
            Print("the whole process", "", [.. runs.Select(r => new Measured(r.Seconds, r.Json["cpu"]!.GetValue<double>()))]);

            void Print(string what, string bound, Measured[] measured) => output.WriteLine(FormattableString.Invariant(
                $"| {what} | {threads} | {1e3 * Statistics.Median(measured.Select(m => m.Seconds)):0.0} ({1e3 * Statistics.Median(measured.Select(m => m.CpuSeconds)):0.0}) | {string.Join(", ", measured.Select(m => FormattableString.Invariant($"{1e3 * m.Seconds:0.0}")))} | {bound} |"));
        }
    }

    /// <summary>Fits twice and prints both times as JSON; nothing of a learner has run in this process before.</summary>
    public static void Fit(LearnerArguments arguments, TextWriter output)
    {
        var table = BenchTables.Read(["iris"])[0];
        int[] rows = [.. Enumerable.Range(0, table.Rows)];
        var (first, second) = (table.FoldOf(rows), table.FoldOf(rows));
        var times = new { first = Measured.Of(() => Train(first, arguments.Threads[0])), second = Measured.Of(() => Train(second, arguments.Threads[0])) };
        output.WriteLine(JsonSerializer.Serialize(new { times.first, times.second, cpu = Environment.CpuUsage.TotalTime.TotalSeconds }));
    }

    private static void Train(PreparedFold fold, int threads)
    {
        using var run = new BoostingTrainer().Start(new TrainingRequest(fold, fold.Train, Rivals.BoostingConfiguration(100, 31), new Seed(1), new ThreadShare(threads)));
        run.Advance(100, CancellationToken.None);
    }
}
