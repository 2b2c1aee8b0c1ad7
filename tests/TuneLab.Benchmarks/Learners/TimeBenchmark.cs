namespace TuneLab.Benchmarks.Learners;

/// <summary>
/// Fit and predict times of boosting. All sides fit the same four fifths of a table's rows in turn, one after the other, so that a slow minute of the machine hits each of them;
/// then each predicts the rest. A side's figure is the median of its repeats; a ratio is one of medians.
/// </summary>
internal static class TimeBenchmark
{
    public static void Run(LearnerArguments arguments, TextWriter output)
    {
        using var server = new PeerServer(PythonInterpreter.Find(arguments.Python));
        IContender[] sides = [new EmbeddedBoosting(shared: false), new EmbeddedBoosting(shared: true), .. arguments.Peers.Select(p => new PeerBoosting(p, server))];
        var report = new TimeReport(sides, output, arguments.Log);
        report.Head(server.Versions, arguments.Repeats);
        var tables = BenchTables.Read(arguments.Tables);

        // what matters most comes first: a run that is cut short has still seen every table
        foreach (var (leaves, rounds) in arguments.Leaves.SelectMany(l => arguments.Rounds.Select(r => (l, r))))
        {
            foreach (var part in tables.Select(t => TablePart.Of(t, 1).First()))
            {
                WarmUp(sides[0], part, leaves);
                foreach (var threads in arguments.Threads)
                {
                    report.Add(part, Measure(sides, part, new BoostingCase(rounds, leaves, threads), arguments.Repeats));
                }
            }
        }

        report.Summary();
    }

    /// <summary>Fits until what the table's shape needs is compiled as well as it will be.</summary>
    private static void WarmUp(IContender side, TablePart part, int leaves)
    {
        for (var spent = 0.0; spent < 0.5;)
        {
            spent += side.Fit(part, new BoostingCase(20, leaves, 2)).Seconds;
        }
    }

    private static CaseTimes Measure(IContender[] sides, TablePart part, BoostingCase settings, int repeats)
    {
        var times = new CaseTimes(settings, Array.ConvertAll(sides, _ => new List<Measured>()), Array.ConvertAll(sides, _ => new List<PredictTimes>()));
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            for (var s = 0; s < sides.Length; s++)
            {
                times.Fits[s].Add(sides[s].Fit(part, settings));
                times.Predictions[s].Add(sides[s].Predict(part, settings.Threads));
            }
        }

        return times;
    }
}
