using TuneLab.Analysis;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Storage;

namespace TuneLab.Experiments.Studies;

/// <summary>Scores the winner, those that came near it and the best default again under small changes: other seeds, and a tenth of the training rows left out.</summary>
internal sealed class StabilityStudy(LoadedExperiment experiment, ITrialStore store, long id, RunOptions options, TimeProvider time)
{
    private const int Changes = 5;
    private const int Others = 3;
    private const double LeftOut = 0.1;

    /// <summary>The study.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; what was computed is kept.</exception>
    public Analyzed<Stability> Run(ExperimentResult result, CancellationToken stop)
    {
        var objective = experiment.Resolved.Metric;
        var all = RankedTrials.Of(store.Trials(id), objective).ToList();
        var chosen = all.DistinctBy(t => t.Configuration).Take(Others)
            .Prepend(all.First(t => t.Number == result.Best.Trial)).Append(all.First(t => t.Number == result.Baseline.Trial)).DistinctBy(t => t.Configuration).ToList();
        List<(Space.Configuration, int)> configurations = [.. chosen.Select(t => (t.Configuration, t.Rounds))];
        var plan = experiment.Resolved.Plan;
        var seeds = Enumerable.Range(1, Changes).Select(k => Means(experiment.Reloaded(plan with { Seed = plan.Seed + (1_000_003L * k) }), configurations, stop)).ToList();
        var data = Enumerable.Range(1, Changes).Select(k => Means(Fewer(k), configurations, stop)).ToList();
        var scores = seeds.Concat(data).ToList();
        return Analyzed<Stability>.Of(new Stability([.. chosen.Select((t, i) => new PerturbedTrial(t.Number, t.Configuration.Trainer, t.Score, [.. seeds.Select(s => s[i])], [.. data.Select(s => s[i])], scores.Count(s => s.All(other => objective.Gain(s[i], other) >= 0))))],
            Agreement([.. scores.Select(s => Ranks(s, objective))])));
    }

    private double[] Means(LoadedExperiment changed, IReadOnlyList<(Space.Configuration, int)> configurations, CancellationToken stop)
        => [.. new Rescoring(changed, store, id, options, time).Scores(configurations, stop).Select(folds => folds.Average())];

    // the holdout stays out of it
    private LoadedExperiment Fewer(int change)
    {
        var rows = (int[])experiment.Training.Clone();
        new Seed((ulong)experiment.Resolved.Plan.Seed).Child("perturb").Child(change).Random().Shuffle<int>(rows);
        var kept = rows[(int)Math.Ceiling(rows.Length * LeftOut)..];
        Array.Sort(kept);
        var plan = experiment.Resolved.Plan;
        return experiment.Reloaded(plan with { Validate = plan.Validate with { Holdout = 0, Nested = null, Outer = null } }, experiment.Table.Data.Select(kept));
    }

    private static double[] Ranks(double[] scores, Objective objective) => [.. scores.Select(s => 1.0 + scores.Count(o => objective.Gain(o, s) > 0) + ((scores.Count(o => o == s) - 1) / 2.0))];

    private static double Agreement(IReadOnlyList<double[]> ranks)
    {
        var (m, n) = (ranks.Count, ranks[0].Length);
        if (n < 2)
        {
            return double.NaN;
        }

        var sums = Enumerable.Range(0, n).Select(i => ranks.Sum(r => r[i])).ToList();
        var mean = sums.Average();
        return 12 * sums.Sum(s => (s - mean) * (s - mean)) / ((double)m * m * n * ((n * n) - 1));
    }
}
