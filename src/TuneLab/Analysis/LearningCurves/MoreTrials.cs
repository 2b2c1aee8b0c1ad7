using MathNet.Numerics.Distributions;
using TuneLab.Metrics;

namespace TuneLab.Analysis.LearningCurves;

/// <summary>
/// The best score that as many trials again would find: what twice the search time would bring. The best k of n trials say how the tail of all scores falls off; it is taken to be exponential, which the upper tails of most distributions come near (Weissman 1978,
/// "Estimation of parameters and large quantiles based on the k largest observations"): beyond the (k+1)-th best score u, distances have the mean s = the mean distance of the best k from u. How sure s and the share k/n are is part of the interval: with s G/k for
/// a G of the gamma distribution of shape k, and a rate of the same distribution, the best of m more trials stays below u + y with the probability E (1 + m/n exp(-y G / (k s)))^-k.
/// <para><b>Limits.</b> Further trials are taken to be drawn as these were. A search learns, so the next ones are better than that; and scores have a best possible value, which an exponential tail does not know, so near it less is found: on real searches whose second half was
/// hidden (<c>TuneLab.Benchmarks -- curves</c>) the two about balance, and the interval holds more than it promises. It is the score that trials are chosen by: of a gain in it, some is chance of the folds.</para>
/// </summary>
public static class MoreTrials
{
    /// <summary>With fewer trials than this there is no answer.</summary>
    public const int FewestTrials = 8;

    private const double TailShare = 0.2;
    private const int FewestInTail = 4;
    private const int Nodes = 400;

    /// <summary>Looks ahead.</summary>
    /// <param name="scores">Of the trials that can be compared; in any order.</param>
    /// <param name="objective">Name and direction of the score.</param>
    /// <returns>What they would find, or why it can't be told: too few trials, or the best ones all alike.</returns>
    public static Analyzed<TrialsOutlook> Run(IReadOnlyList<double> scores, Objective objective)
    {
        double[] sorted = [.. scores.Where(double.IsFinite).Select(s => objective.HigherIsBetter ? s : -s).OrderDescending()];
        if (sorted.Length < FewestTrials)
        {
            return Analyzed<TrialsOutlook>.Not(string.Create(CultureInfo.InvariantCulture, $"{sorted.Length} comparable trials with a score are too few, it takes {FewestTrials}"));
        }

        var tail = Math.Max(FewestInTail, (int)Math.Round(TailShare * sorted.Length));
        var (start, best) = (sorted[tail], sorted[0]);
        var mean = sorted.Take(tail).Average(s => s - start);
        if (!(mean > 0))
        {
            return Analyzed<TrialsOutlook>.Not(string.Create(CultureInfo.InvariantCulture, $"the best {tail + 1} trials all have the same score"));
        }

        double[] gammas = [.. Enumerable.Range(0, Nodes).Select(i => Gamma.InvCDF(tail, 1, (i + 0.5) / Nodes))];
        var (low, middle, high) = (At((1 - LearningCurveAnalysis.Level) / 2), At(0.5), At((1 + LearningCurveAnalysis.Level) / 2));
        if (objective is Metric { Range: var range })
        {
            (low, middle, high) = (Math.Clamp(low, range.Low, range.High), Math.Clamp(middle, range.Low, range.High), Math.Clamp(high, range.Low, range.High));
        }

        (low, high) = (Math.Min(low, high), Math.Max(low, high));
        var outlook = new TrialsOutlook(sorted.Length, Signed(best), middle, low, high, 1 - Below(best), "");
        return Analyzed<TrialsOutlook>.Of(outlook with { Sentence = Words(outlook, objective) });

        // how likely the best of as many more trials is below
        double Below(double score) => gammas.Average(g => Math.Pow(1 + Math.Exp(-(score - start) * g / (tail * mean)), -tail));

        // the score below which the best of all stays with a probability
        double At(double share)
        {
            if (Below(best) >= share)
            {
                return Signed(best);
            }

            var (from, to) = (best, best + mean);
            while (Below(to) < share)
            {
                (from, to) = (to, to + 2 * (to - from));
            }

            for (var i = 0; i < 60; i++)
            {
                var half = (from + to) / 2;
                (from, to) = Below(half) < share ? (half, to) : (from, half);
            }

            return Signed(to);
        }

        double Signed(double score) => objective.HigherIsBetter ? score : -score;
    }

    private static string Words(TrialsOutlook outlook, Objective objective)
        => string.Create(CultureInfo.InvariantCulture,
            $"Twice the search time, {outlook.Trials} trials more like the {outlook.Trials} so far, would bring the best validation {objective.Id} from {outlook.Best:G4} to about {outlook.Value:G4} ({100 * LearningCurveAnalysis.Level:0} % interval {outlook.Low:G4} to {outlook.High:G4}); with a chance of {100 * outlook.Chance:0} % anything better is found.");
}
