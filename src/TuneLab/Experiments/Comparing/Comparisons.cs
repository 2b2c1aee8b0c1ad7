using TuneLab.Analysis;
using TuneLab.Errors;
using TuneLab.Experiments.Output;
using TuneLab.Metrics;
using TuneLab.Randomness;
using TuneLab.Storage;

namespace TuneLab.Experiments.Comparing;

/// <summary>Compares what the store has: nothing is trained and no data are read.</summary>
public static class Comparisons
{
    private const string SearchedOn = "These folds were searched on: the best of many trials looks better on them than it is, the more so the more were tried.";

    /// <summary>Trials of one experiment, over the folds that all of them have: the corrected resampled t-test, adjusted for the number of pairs.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">The experiment.</param>
    /// <param name="numbers">Trial numbers, at least two.</param>
    /// <exception cref="InputException">There is no such trial, it has no score, or they can't be compared.</exception>
    public static ComparisonResult OfTrials(ITrialStore store, ExperimentRecord record, IReadOnlyList<int> numbers)
    {
        var trials = store.Trials(record.Id);
        return OfTrials(store, record, [.. numbers.Distinct().Select(n => (Name: "trial " + n.ToString(CultureInfo.InvariantCulture), Trial: trials.FirstOrDefault(t => t.Number == n)
            ?? throw new InputException($"The experiment '{record.Name}' has no trial {n}.", trials.Count == 0 ? "It has none yet." : $"Its trials are numbered from {trials[0].Number} to {trials[^1].Number}.")))]);
    }

    /// <summary>The best trials of trainers of one experiment, in the same way.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">The experiment.</param>
    /// <param name="trainers">Their ids, at least two.</param>
    /// <exception cref="InputException">A trainer has no completed trial on all rows.</exception>
    public static ComparisonResult OfTrainers(ITrialStore store, ExperimentRecord record, IReadOnlyList<string> trainers)
    {
        var best = BestOfTrainers(store, record, ObjectiveOf(record));
        return OfTrials(store, record, [.. trainers.Distinct().Select(t => (t, best.GetValueOrDefault(t)
            ?? throw new InputException($"The experiment '{record.Name}' has no completed trial of '{t}' on all rows.", Nearest.Hint(t, [.. best.Keys], "trainers with one"))))]);
    }

    /// <summary>The winners of experiments on the same data, on their holdout; of experiments on different data, their trainers by ranks.</summary>
    /// <param name="store">The store.</param>
    /// <param name="records">At least two.</param>
    /// <exception cref="InputException">They have no answer, or not the same metric.</exception>
    public static ComparisonResult OfExperiments(ITrialStore store, IReadOnlyList<ExperimentRecord> records)
    {
        var objective = ObjectiveOf(records[0]);
        if (records.FirstOrDefault(r => ObjectiveOf(r).Id != objective.Id) is { } other)
        {
            throw new InputException($"'{records[0].Name}' is about {objective.Id}, '{other.Name}' about {ObjectiveOf(other).Id}.", "Compare experiments with the same metric.");
        }

        return records.Select(r => r.Fingerprint).Distinct().Count() > 1 ? AcrossTables(store, records, objective) : OnOneTable(store, records, objective);
    }

    private static ComparisonResult OnOneTable(ITrialStore store, IReadOnlyList<ExperimentRecord> records, Objective objective)
    {
        var winners = records.Select(r => (Record: r, Result: FinishedRun.Of(r)?.Result ?? throw new InputException($"The experiment '{r.Name}' has no answer yet.", "Run it to its end first."),
            Holdout: store.FindBlob(r.Id, StoredHoldout.BlobName) is { } bytes ? StoredHoldout.Read(bytes) : null)).ToList();
        if (winners.FirstOrDefault(w => w.Holdout is null) is { Record: { } without })
        {
            throw new InputException($"'{without.Name}' has no predictions of a holdout, so its winner can't be compared with that of another experiment.", "Give it a validate.holdout, or run it again with this version.");
        }

        if (winners.FirstOrDefault(w => !w.Holdout!.Rows.AsSpan().SequenceEqual(winners[0].Holdout!.Rows) || !w.Holdout.Predictions.Truth.AsSpan().SequenceEqual(winners[0].Holdout!.Predictions.Truth)) is { Record: { } differs })
        {
            throw new InputException($"'{winners[0].Record.Name}' and '{differs.Name}' held out other rows, so one may have trained on those that the other is judged by.", "Give both the same validate.holdout and kind.");
        }

        var metric = (Metric)objective;
        var ordered = winners.Select(w => (w.Record.Name, w.Result.Best.Trainer, w.Holdout!.Predictions, Score: metric.Score(w.Holdout.Predictions))).OrderBy(w => w.Score, Comparer<double>.Create(metric.Compare)).ToList();
        var pairs = Pairs(ordered.Count, (i, j) =>
        {
            var effect = PairedBootstrap.Run(metric, ordered[i].Predictions, ordered[j].Predictions, new Seed(1)).Effect;
            var interval = effect.Interval;
            return new Comparison(ordered[i].Name, ordered[j].Name, effect.Value, interval.Low, interval.High, TwoSided(effect.PAtMost(0)), double.NaN, string.Create(CultureInfo.InvariantCulture, $"paired bootstrap over {effect.Rows} rows of the holdout"));
        });
        return new ComparisonResult(metric.Id, metric.HigherIsBetter, [.. ordered.Select(w => new Compared(w.Name, w.Trainer, w.Score, string.Create(CultureInfo.InvariantCulture, $"holdout, {w.Predictions.Count} rows")))], pairs, null, []);
    }

    private static ComparisonResult AcrossTables(ITrialStore store, IReadOnlyList<ExperimentRecord> records, Objective objective)
    {
        var best = records.Select(r => BestOfTrainers(store, r, objective)).ToList();
        string[] trainers = [.. best[0].Keys.Where(t => best.TrueForAll(b => b.ContainsKey(t))).Order(StringComparer.Ordinal)];
        if (trainers.Length < 2)
        {
            throw new InputException("These experiments are on different data, and fewer than two trainers have a completed trial on all rows in each of them.", "Experiments on the same data are compared by their winners; those on different data by the trainers that all of them have.");
        }

        double[][] scores = [.. best.Select(b => trainers.Select(t => b[t].Score).ToArray())];
        int[] order = [.. Enumerable.Range(0, trainers.Length).OrderBy(t => MeanRank(t))];
        scores = [.. scores.Select(row => Array.ConvertAll(order, t => row[t]))];
        trainers = Array.ConvertAll(order, t => trainers[t]);
        var test = FriedmanTest.Run(scores, objective.HigherIsBetter);
        string[] notes = test is null ? [string.Create(CultureInfo.InvariantCulture, $"Ranks are tested from {FriedmanTest.FewestTables} tables on.")]
            : ["Ranks across tables: Friedman's test (Iman and Davenport's statistic), pairs by Nemenyi's. It takes the tables for independent of each other; for fewer than ten its p-values are rough."];
        return new ComparisonResult(objective.Id, objective.HigherIsBetter, [], [], new TableRanks(trainers, [.. records.Select(r => r.Name)], scores, test, RepeatedAnova.Run(scores)), notes);

        double MeanRank(int trainer) => scores.Average(row => row.Count(s => objective.Gain(s, row[trainer]) > 0) + (row.Count(s => s == row[trainer]) / 2.0));
    }

    private static ComparisonResult OfTrials(ITrialStore store, ExperimentRecord record, IReadOnlyList<(string Name, FinishedTrial Trial)> trials)
    {
        var objective = ObjectiveOf(record);
        if (trials.FirstOrDefault(t => t.Trial.Status != TrialStatus.Completed || double.IsNaN(t.Trial.Score)) is { Trial: { } bad } failed)
        {
            throw new InputException($"{failed.Name} of '{record.Name}' has no score to compare: it {(bad.Status == TrialStatus.Completed ? "is not defined on a fold" : "was " + bad.Status.ToString().ToLowerInvariant())}.", "tunelab trials lists those that were completed.");
        }

        if (trials.FirstOrDefault(t => t.Trial.Fidelity != trials[0].Trial.Fidelity || (t.Trial.Stage == Answer.Confirmation.Stage) != (trials[0].Trial.Stage == Answer.Confirmation.Stage)) is { Trial: { } } other)
        {
            throw new InputException($"{trials[0].Name} and {other.Name} were not scored on the same folds: {trials[0].Trial.Stage} on {trials[0].Trial.Fidelity}, {other.Trial.Stage} on {other.Trial.Fidelity}.", "Compare trials of the same fidelity; confirm's have splits of their own.");
        }

        var ordered = trials.OrderBy(t => t.Trial.Score, Comparer<double>.Create(objective.Compare)).ThenBy(t => t.Trial.Number).ToList();
        var evaluations = store.FindEvaluations([.. ordered.SelectMany(t => t.Trial.Evaluations).Distinct()]);
        var pairs = Pairs(ordered.Count, (i, j) => Pair(ordered[i], ordered[j], objective, evaluations));
        return new ComparisonResult(objective.Id, objective.HigherIsBetter,
            [.. ordered.Select(t => new Compared(t.Name, t.Trial.Configuration.Trainer, t.Trial.Score, string.Create(CultureInfo.InvariantCulture, $"{(t.Trial.Stage == Answer.Confirmation.Stage ? "confirm" : "validation")}, {t.Trial.Scores.Length} folds")))], pairs, null, [SearchedOn]);
    }

    private static Comparison Pair((string Name, FinishedTrial Trial) first, (string Name, FinishedTrial Trial) second, Objective objective, IReadOnlyDictionary<string, Evaluation> evaluations)
    {
        double[] gains = [.. first.Trial.Scores.Zip(second.Trial.Scores, objective.Gain)];
        var known = first.Trial.Evaluations.Where(evaluations.ContainsKey).Select(k => evaluations[k]).Where(e => e.TrainRows > 0).ToList();
        var test = CorrectedResampledTTest.Run(gains, known.Count == 0 ? 0 : known.Average(e => (double)e.ValidRows / e.TrainRows));
        return new Comparison(first.Name, second.Name, test.Mean, test.Low, test.High, TwoSided(test.P), double.NaN, string.Create(CultureInfo.InvariantCulture, $"corrected resampled t-test over {gains.Length} folds"),
            gains.Length < 2 ? "it takes two folds at least" : null);
    }

    private static IReadOnlyList<Comparison> Pairs(int count, Func<int, int, Comparison> compare)
    {
        var pairs = Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i + 1, count - i - 1).Select(j => compare(i, j))).ToList();
        var adjusted = HolmCorrection.Adjust([.. pairs.Select(p => p.P)]);
        return [.. pairs.Select((p, i) => p with { Adjusted = adjusted[i] })];
    }

    private static double TwoSided(double p) => double.IsNaN(p) ? double.NaN : Math.Min(1, 2 * Math.Min(p, 1 - p));

    private static Dictionary<string, FinishedTrial> BestOfTrainers(ITrialStore store, ExperimentRecord record, Objective objective)
        => RankedTrials.Of(store.Trials(record.Id), objective).GroupBy(t => t.Configuration.Trainer).ToDictionary(g => g.Key, g => g.First());

    private static Objective ObjectiveOf(ExperimentRecord record)
        => StoredObjective.Of(record) ?? throw new InputException($"This build does not know the metric of '{record.Name}'.", "Use the version that ran it.");
}
