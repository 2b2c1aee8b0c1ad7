using TuneLab.Experiments;
using TuneLab.Metrics;

namespace TuneLab.Analysis;

/// <summary>
/// Answers a hypothesis, from the holdout or from repeats with fresh seeds: supported when the one-sided 95 % lower bound of the effect is above what was expected, refuted when the upper bound is below it, else
/// undecided. Says so in words.
/// </summary>
public static class VerdictRule
{
    /// <summary>Whether the winner beats a rival by what was expected.</summary>
    /// <param name="effect">Both on the same holdout rows.</param>
    /// <param name="by">What the effect should exceed: in the metric's unit, or as a fraction of the rival's score.</param>
    /// <param name="relative">Whether <paramref name="by"/> is a fraction; its magnitude counts for scores below 0.</param>
    /// <param name="rival">What to call the rival in the sentence: <c>the default</c>, <c>forest</c>.</param>
    public static Verdict Beats(PairedEffect effect, double by, bool relative, string rival)
    {
        var margin = relative ? by * Math.Abs(effect.Rival.Value) : by;
        var expected = relative ? $"the {Show(100 * by)} % expected ({Show(margin)})" : margin == 0 ? "0" : $"the {Show(margin)} expected";
        return Decide(effect.Metric, Measured.Of(effect.Effect), Ground.Holdout, margin, Finding(effect.Metric, effect.Effect.Value, rival, Ground.Holdout), expected, above: "above " + expected, below: "below " + expected, b => b);
    }

    /// <summary>Whether the winner beats a rival by what was expected, from scores of both with the same seeds: a paired t-test.</summary>
    /// <param name="objective">What is measured.</param>
    /// <param name="winner">[repeats] the winner's scores.</param>
    /// <param name="rivals">[repeats] the rival's, seed by seed.</param>
    /// <param name="by">As above.</param>
    /// <param name="relative">As above.</param>
    /// <param name="rival">As above.</param>
    public static Verdict Beats(Objective objective, IReadOnlyList<double> winner, IReadOnlyList<double> rivals, double by, bool relative, string rival)
    {
        if (winner.Count < 2)
        {
            return Undecided(TooFewRepeats, relative ? double.NaN : by);
        }

        var margin = relative ? by * Math.Abs(rivals.Average()) : by;
        var expected = relative ? $"the {Show(100 * by)} % expected ({Show(margin)})" : margin == 0 ? "0" : $"the {Show(margin)} expected";
        var (ground, effect) = (Ground.Seeds(winner.Count), Measured.Of([.. winner.Zip(rivals, objective.Gain)], margin));
        return Decide(objective, effect, ground, margin, Finding(objective, effect.Value, rival, ground), expected, above: "above " + expected, below: "below " + expected, b => b);
    }

    /// <summary>Whether a score reaches a threshold (stays at or below it, where less is better).</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="score">The winner's on the holdout.</param>
    /// <param name="threshold">In the metric's unit.</param>
    public static Verdict AtLeast(Metric metric, BootstrapScore score, double threshold)
    {
        var expected = $"the {Show(threshold)} asked for";
        var finding = $"the winner's {metric.Id} on the holdout is {Show(score.Value)}";
        return Decide(metric, Measured.Of(score.Map(s => metric.Gain(s, threshold))), Ground.Holdout, 0, finding, expected, above: "better than " + expected, below: "worse than " + expected,
            bound => metric.HigherIsBetter ? threshold + bound : threshold - bound);
    }

    /// <summary>Whether the mean score over fresh seeds reaches a threshold (stays at or below it, where less is better).</summary>
    /// <param name="objective">What is measured.</param>
    /// <param name="scores">[repeats] the winner's.</param>
    /// <param name="threshold">In the objective's unit.</param>
    public static Verdict AtLeast(Objective objective, IReadOnlyList<double> scores, double threshold)
    {
        if (scores.Count < 2)
        {
            return Undecided(TooFewRepeats, 0);
        }

        var ground = Ground.Seeds(scores.Count);
        var expected = $"the {Show(threshold)} asked for";
        return Decide(objective, Measured.Of([.. scores.Select(s => objective.Gain(s, threshold))], 0), ground, 0, $"the winner's {objective.Id} {ground.Where} is {Show(scores.Average())}", expected,
            above: "better than " + expected, below: "worse than " + expected, bound => objective.HigherIsBetter ? threshold + bound : threshold - bound);
    }

    /// <summary>Undecided, for want of a holdout.</summary>
    /// <param name="reason">Why there is none to judge by, as a sentence's end: <c>no rows were set aside (validate.holdout is 0)</c>.</param>
    /// <param name="by">What was expected, in the metric's unit; NaN when it depends on a score that is not known.</param>
    public static Verdict Undecided(string reason, double by)
        => new(VerdictOutcome.Undecided, double.NaN, double.NaN, double.NaN, by, double.NaN, $"Undecided: {reason}.");

    private static string Finding(Objective objective, double gain, string rival, Ground ground) => gain switch
    {
        0 => $"the winner and {rival} score the same {objective.Id} {ground.Where}",
        > 0 => $"the winner beats {rival} by {Show(gain)} {objective.Id} {ground.Where}",
        _ => $"the winner is {Show(-gain)} {objective.Id} worse than {rival} {ground.Where}",
    };

    /// <param name="metric">What is measured.</param>
    /// <param name="effect">Positive is better.</param>
    /// <param name="ground">What it was measured on, in words.</param>
    /// <param name="by">What it should exceed.</param>
    /// <param name="finding">The sentence's beginning.</param>
    /// <param name="expected">What was expected, in words.</param>
    /// <param name="above">That a bound is on the good side of it, in words.</param>
    /// <param name="below">That it is on the bad side.</param>
    /// <param name="shown">From a bound of the effect to the number that the sentence gives.</param>
    private static Verdict Decide(Objective metric, Measured effect, Ground ground, double by, string finding, string expected, string above, string below, Func<double, double> shown)
    {
        var (low, high) = (effect.Low, effect.High);
        var outcome = low > by ? VerdictOutcome.Supported : high < by ? VerdictOutcome.Refuted : VerdictOutcome.Undecided;
        var (shownLow, shownHigh) = (shown(low), shown(high));
        var words = outcome switch
        {
            VerdictOutcome.Supported => $"{finding} (95 % {(shownLow <= shownHigh ? "lower" : "upper")} bound {Show(shownLow)}, {above})",
            VerdictOutcome.Refuted => $"{finding} (95 % {(shownLow <= shownHigh ? "upper" : "lower")} bound {Show(shownHigh)}, {below})",
            _ when double.IsNaN(effect.Value) => $"{metric.Id} is not defined on {ground.These}",
            _ when double.IsNaN(low) => $"{finding}, and too few resamples of these rows have a score to bound it", // a t-test always has bounds
            _ when low == high => finding,
            _ => $"{finding}, but {ground.Witnesses} allow anything from {Show(Math.Min(shownLow, shownHigh))} to {Show(Math.Max(shownLow, shownHigh))} (95 % bounds), which does not tell it from {expected}",
        };
        return new Verdict(outcome, effect.Value, low, high, by, effect.P(by), $"{outcome}: {words}.");
    }

    private const string TooFewRepeats = "fewer than two repeats of confirm came through, which say nothing of the noise (stages: confirm, repeats)";

    private static string Show(double number) => number.ToString("0.####", CultureInfo.InvariantCulture) is var plain && Math.Abs(number) is >= 0.01 or 0 ? plain : number.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>An effect with its one-sided 95 % bounds, and the p-value of "it is at most so much".</summary>
    private readonly record struct Measured(double Value, double Low, double High, Func<double, double> P)
    {
        public static Measured Of(BootstrapScore score) => new(score.Value, score.LowerBound, score.UpperBound, score.PAtMost);

        // seeds are independent of each other, so nothing is to be corrected
        public static Measured Of(IReadOnlyList<double> gains, double by)
        {
            var test = CorrectedResampledTTest.Run(gains, 0, by);
            return new Measured(test.Mean, test.LowerBound, test.UpperBound, _ => test.P);
        }
    }

    /// <summary>What an effect was measured on: "the winner is better ...", "not defined on ...", "but ... allow anything".</summary>
    private readonly record struct Ground(string Where, string These, string Witnesses)
    {
        public static Ground Holdout { get; } = new("on the holdout", "these holdout rows", "these rows");

        public static Ground Seeds(int repeats) => new(string.Create(CultureInfo.InvariantCulture, $"over {repeats} fresh seeds"), "these seeds", "these seeds");
    }
}
