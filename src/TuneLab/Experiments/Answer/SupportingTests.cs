using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Experiments.Running;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>Makes the tests that are told beside a verdict.</summary>
internal static class SupportingTests
{
    /// <summary>DeLong's test where the area under the ROC curve decides, McNemar's where accuracy does; else none.</summary>
    /// <param name="metric">What decides.</param>
    /// <param name="subject">Predictions of the holdout by the one that is judged.</param>
    /// <param name="rival">By the other, of the same rows.</param>
    /// <param name="by">What the effect should exceed, in the metric's unit.</param>
    public static IReadOnlyList<SupportingTest> OnHoldout(Metric metric, Predictions subject, Predictions rival, double by)
    {
        switch (metric.Id)
        {
            case "auc" when DeLongTest.Run(subject, rival, by) is { } areas:
                return [new SupportingTest("delong", areas.Effect, areas.LowerBound, areas.UpperBound, by, areas.P, "the areas under both ROC curves on the holdout")];
            case "accuracy":
                var labels = McNemarTest.Run(subject, rival);
                var effect = (double)(labels.Won - labels.Lost) / subject.Count;
                return [new SupportingTest("mcnemar", effect, double.NaN, double.NaN, 0, labels.P, string.Create(CultureInfo.InvariantCulture, $"{labels.Won} holdout rows that only the one labels right, {labels.Lost} that only the other does"))];
            default:
                return [];
        }
    }

    /// <summary>The corrected resampled t-test over the folds of confirm; none where fewer than two folds have a score of both.</summary>
    /// <param name="metric">What decides.</param>
    /// <param name="subject">[repeats] confirm's trials of the one that is judged.</param>
    /// <param name="rival">[repeats] of the other, repeat by repeat.</param>
    /// <param name="by">As above.</param>
    /// <param name="store">Has the evaluations.</param>
    public static IReadOnlyList<SupportingTest> OnFreshSplits(Metric metric, IReadOnlyList<FinishedTrial> subject, IReadOnlyList<FinishedTrial> rival, double by, ITrialStore store)
    {
        var pairs = subject.Zip(rival).SelectMany(t => Evaluations(t.First, store).Zip(Evaluations(t.Second, store))).ToList();
        if (pairs.Count < 2)
        {
            return [];
        }

        double[] gains = [.. pairs.Select(p => metric.Gain(Score(metric, p.First), Score(metric, p.Second)))];
        var ratio = pairs.Average(p => (double)p.First.Evaluation.ValidRows / p.First.Evaluation.TrainRows);
        var test = CorrectedResampledTTest.Run(gains, ratio, by);
        return double.IsNaN(test.P) ? [] : [new SupportingTest("corrected-t", test.Mean, test.LowerBound, test.UpperBound, by, test.P, string.Create(CultureInfo.InvariantCulture, $"{gains.Length} folds of confirm's fresh splits, of rows that the search has seen"))];
    }

    private static IEnumerable<(Evaluation Evaluation, int Rounds)> Evaluations(FinishedTrial trial, ITrialStore store)
    {
        var evaluations = store.FindEvaluations(trial.Evaluations);
        return trial.Evaluations.Select(key => (evaluations[key], trial.Rounds));
    }

    private static double Score(Metric metric, (Evaluation Evaluation, int Rounds) fold) => fold.Evaluation.Score(metric.Id, RoundChoice.Checkpoint(fold.Evaluation, fold.Rounds));
}
