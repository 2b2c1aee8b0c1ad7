namespace TuneLab.Benchmarks.Learners;

/// <summary>
/// Fit and predict times. All sides fit the same four fifths of a table's rows in turn, one after the other, so that a slow minute of the machine hits each of them;
/// then each predicts the rest. A side's figure is the median of its repeats; a ratio is one of medians.
/// </summary>
internal static class TimeBenchmark
{
    public static void Run(LearnerArguments arguments, TextWriter output)
    {
        using var server = new PeerServer(PythonInterpreter.Find(arguments.Python));
        output.WriteLine(FormattableString.Invariant($"{server.Versions}; .NET {Environment.Version}; {Environment.ProcessorCount} cores; medians of {arguments.Repeats} repeats, sides in turn; seconds of wall time, processor seconds in brackets."));
        output.WriteLine();
        foreach (var kind in TimedCases.Of(arguments, new Rivals(new Lazy<PeerServer>(server), arguments.Peers)))
        {
            var report = new TimeReport([.. kind.First().Sides.Select(s => s.Name)], output, arguments.Log);
            report.Head();
            foreach (var timed in kind)
            {
                foreach (var part in timed.Tables.Select(t => TablePart.Of(t, 1).First()))
                {
                    WarmUp(timed.Sides[0], part);
                    foreach (var threads in arguments.Threads)
                    {
                        report.Add(Measure(timed, part, threads, arguments.Repeats));
                    }
                }
            }

            report.Summary();
        }
    }

    /// <summary>Fits until what the table's shape needs is compiled as well as it will be.</summary>
    private static void WarmUp(ILearner side, TablePart part)
    {
        for (var spent = 0.0; spent < 0.5;)
        {
            spent += side.Fit(part, threads: 2).Seconds;
            side.Predict(part, threads: 2);
        }
    }

    private static CaseTimes Measure(TimedCase timed, TablePart part, int threads, int repeats)
    {
        var times = new CaseTimes(Comparison.TableName(part.Table), timed.Name, threads, part.Valid.Length, [.. timed.Sides.Select(_ => new List<Measured>())], [.. timed.Sides.Select(_ => new List<PredictTimes>())]);
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            for (var s = 0; s < timed.Sides.Count; s++)
            {
                times.Fits[s].Add(timed.Sides[s].Fit(part, threads));
                times.Predictions[s].Add(timed.Sides[s].Predict(part, threads));
            }
        }

        return times;
    }
}
