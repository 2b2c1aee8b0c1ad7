using TuneLab.Errors;

namespace TuneLab.Benchmarks.Learners;

/// <summary>
/// The embedded learners against XGBoost and scikit-learn on the real tables: same rows, same hyperparameters, same threads, both sides in turn. Each mode prints its figures with
/// the bound beside. README.md says what each prints and how to run it.
/// </summary>
public static class LearnersBenchmark
{
    private static readonly SortedDictionary<string, Action<LearnerArguments, TextWriter>> Modes = new(StringComparer.Ordinal)
    {
        ["accuracy"] = AccuracyBenchmark.Run,
        ["cancel"] = CancelBenchmark.Run,
        ["cold"] = ColdBenchmark.Run,
        ["cold-fit"] = ColdBenchmark.Fit,
        ["memory"] = MemoryBenchmark.Run,
        ["memory-binary"] = (arguments, output) => MemoryBenchmark.Fit(arguments, output, binary: true),
        ["memory-multiclass"] = (arguments, output) => MemoryBenchmark.Fit(arguments, output, binary: false),
        ["scores"] = AccuracyBenchmark.Print,
        ["time"] = TimeBenchmark.Run,
    };

    /// <summary>Runs one mode.</summary>
    /// <param name="args">The mode, then tables and options of <see cref="LearnerArguments"/>.</param>
    /// <param name="output">Where the figures go.</param>
    /// <exception cref="InputException">There is no such mode, option or table.</exception>
    public static void Run(string[] args, TextWriter output)
    {
        if (args.Length == 0 || !Modes.TryGetValue(args[0], out var mode))
        {
            throw new InputException($"learners needs a mode, one of: {string.Join(", ", Modes.Keys)}.", LearnerArguments.Usage);
        }

        mode(new LearnerArguments(args[1..]), output);
    }
}
