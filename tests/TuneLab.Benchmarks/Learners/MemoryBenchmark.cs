using System.Globalization;
using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>
/// How much a process grows at its peak while it bins and fits a table as large as the whole of covtype: the rows of covtype_20k over and over, numbers moved a little so that bins are as
/// many as in real columns. What the table itself takes was there before. Linux only.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Rows = 580_000;
    private const int Rounds = 10;
    private const double Spare = 1.3;

    public static void Run(LearnerArguments arguments, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"| {Rows:N0} rows of covtype, {Rounds} rounds | leaves | threads | peak growth, MiB | bound, MiB | ratio | of it binning | fit, s |"));
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (binary, leaves, threads) in new[] { false, true }.SelectMany(b => arguments.Leaves.SelectMany(l => arguments.Threads.Select(t => (b, l, t)))))
        {
            var (run, _) = OwnProcess.Run(binary ? "memory-binary" : "memory-multiclass", "--leaves", leaves.ToString(CultureInfo.InvariantCulture), "--threads", threads.ToString(CultureInfo.InvariantCulture));
            var (features, outputs) = (run["features"]!.GetValue<int>(), run["outputs"]!.GetValue<int>());
            var bound = Spare * ((double)Rows * features + 12.0 * Rows * outputs + 2 * sizeof(int) * (double)Rows);
            var growth = run["growth"]!.GetValue<long>();
            output.WriteLine(FormattableString.Invariant(
                $"| {(binary ? "binary" : $"{outputs} classes")} | {leaves} | {threads} | {growth / 1048576.0:0.0} | {bound / 1048576:0.0} | {growth / bound:0.00} | {run["binning"]!.GetValue<long>() / 1048576.0:0.0} | {run["seconds"]!.GetValue<double>():0.0} |"));
            output.Flush();
        }
    }

    /// <summary>Fits in this process and prints its growth as JSON.</summary>
    /// <param name="arguments">Leaves and threads: the first of each.</param>
    /// <param name="output">Where the JSON goes.</param>
    /// <param name="binary">Whether the label is the second class against the others.</param>
    public static void Fit(LearnerArguments arguments, TextWriter output, bool binary)
    {
        var iris = BenchTables.Read(["iris"])[0];
        Train(iris.FoldOf([.. Enumerable.Range(0, iris.Rows)]), arguments, () => { }); // code that is compiled is no memory of this fit

        var fold = Make(BenchTables.Read(["covtype_20k"])[0], binary);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        OwnProcess.ForgetPeak();
        var before = OwnProcess.Bytes("VmRSS");
        var binning = 0L;
        var time = TimeProvider.System.GetTimestamp();
        Train(fold, arguments, () => binning = OwnProcess.Bytes("VmHWM") - before);
        var seconds = TimeProvider.System.GetElapsedTime(time).TotalSeconds;
        var growth = OwnProcess.Bytes("VmHWM") - before;
        output.WriteLine(JsonSerializer.Serialize(new { growth, binning, seconds, features = fold.Table.Columns.Count, outputs = fold.Outputs }));
        GC.KeepAlive(fold);
    }

    private static PreparedFold Make(BenchTable table, bool binary)
    {
        var random = new Seed(1).Child("memory").Random();
        FeatureColumn[] columns = [.. table.Columns.Cast<NumericFeature>().Select(c =>
        {
            var flag = Array.TrueForAll(c.Values, v => v is 0 or 1);
            var values = new float[Rows];
            for (var row = 0; row < Rows; row++)
            {
                values[row] = c.Values[row % table.Rows] + (flag ? 0 : (float)random.NextDouble());
            }

            return c with { Values = values };
        })];
        var target = Enumerable.Range(0, Rows).Select(r => table.Target[r % table.Rows]).Select(y => binary ? (y == 1 ? 1.0 : 0) : y).ToArray();
        return new PreparedFold(binary ? LearningTask.Binary : table.Task, binary ? 1 : table.Source.Outputs, new FeatureTable(columns, Rows), target, null, [.. Enumerable.Range(0, Rows)]);
    }

    private static void Train(PreparedFold fold, LearnerArguments arguments, Action binned)
    {
        using var run = new BoostingTrainer().Start(new TrainingRequest(fold, fold.Train, Rivals.BoostingConfiguration(Rounds, arguments.Leaves[0]), new Seed(1), new ThreadShare(arguments.Threads[0])));
        binned();
        run.Advance(Rounds, CancellationToken.None);
    }
}
