using System.Globalization;
using TuneLab.Analysis.Importance;
using TuneLab.Benchmarks.Learners;
using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Benchmarks;

/// <summary>Processor time of the importance of hyperparameters, all pairs and curves.</summary>
internal static class ImportanceBenchmark
{
    private const int Dimensions = 12;
    private const int Repeats = 5;

    /// <summary>Takes numbers of trials. <value>100, 500, 2,000 and 10,000</value></summary>
    public static void Run(string[] args, TextWriter output)
    {
        var (numbers, _) = TableArguments.Read(args, []);
        var space = new SearchSpace([.. Enumerable.Range(0, Dimensions).Select(Parameter)]);
        output.WriteLine("| trials | first, processor ms | median of the next 5 |");
        output.WriteLine("|---|---|---|");
        foreach (var trials in numbers.Count > 0 ? numbers : [100, 500, 2000, 10000])
        {
            var random = new Seed(1).Random();
            ScoredConfiguration[] scored = [.. Enumerable.Range(0, trials)
                .Select(_ => space.FromUnit("function", [.. space.Parameters.Select(_ => random.NextDouble())]))
                .Select(c => new ScoredConfiguration(c, c.Values.Values.Select((v, i) => Math.Sin(i + (v.Name?.Length ?? v.Number))).Sum() + 0.1 * random.NextNormal()))];
            var times = Enumerable.Range(0, Repeats + 1).Select(i => Measured.Of(() => FunctionalAnova.Run(space, scored, new Seed((ulong)i))).CpuSeconds).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {trials} | {1000 * times[0]:0} | {1000 * Statistics.Median(times.Skip(1)):0} |"));
        }
    }

    private static Parameter Parameter(int i) => (i % 4) switch
    {
        0 => new FloatParameter("rate" + i, 0.001, 1, Scale.Log),
        1 => new IntParameter("leaves" + i, 2, 512, Scale.Log),
        2 => new ChoiceParameter("kind" + i, "a", "bb", "ccc", "dddd"),
        _ => new FloatParameter("share" + i, 0.1, 1) { Condition = new Condition("kind" + (i - 1), ["a", "bb"]) },
    };
}
