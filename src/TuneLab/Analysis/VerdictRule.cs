using TuneLab.Experiments;
using TuneLab.Experiments.Nested;
using TuneLab.Metrics;

namespace TuneLab.Analysis;

/// <summary>
/// Answers a hypothesis, from the holdout or from repeats with fresh seeds: supported when the one-sided 95 % lower bound of the effect is above what was expected, refuted when the upper bound is below it, else
/// undecided. Says so in words.
/// </summary>
public static class VerdictRule
{
    /// <summary>Whether somebody beats a rival by what was expected.</summary>
    /// <param name="effect">Both on the same holdout rows.</param>
    /// <param name="by">What the effect should exceed: in the metric's unit, or as a fraction of the rival's score.</param>
    /// <param name="relative">Whether <paramref name="by"/> is a fraction; its magnitude counts for scores below 0.</param>
    /// <param name="rival">What to call the rival in the sentence: <c>the default</c>, <c>forest</c>.</param>
    /// <param name="subject">What to call the one that is judged.</param>
    public static Verdict Beats(PairedEffect effect, double by, bool relative, string rival, string subject = "the winner")
    {
        var margin = relative ? by * Math.Abs(effect.Rival.Value) : by;
        var expected = relative ? $"the {Show(100 * by)} % expected ({Show(margin)})" : margin == 0 ? "0" : $"the {Show(margin)} expected";
        return Decide(effect.Metric, Measured.Of(effect.Effect), Ground.Holdout, margin, Finding(effect.Metric, effect.Effect.Value, subject, rival, Ground.Holdout), expected, above: "above " + expected, below: "below " + expected, b => b);
    }

    /// <summary>Whether somebody is at most so much worse than a rival.</summary>
    /// <param name="effect">Both on the same holdout rows.</param>
    /// <param name="most">How much worse is allowed: in the metric's unit, or as a fraction of the rival's score; at least 0.</param>
    /// <param name="relative">Whether <paramref name="most"/> is a fraction.</param>
    /// <param name="rival">As above.</param>
    /// <param name="subject">As above.</param>
    public static Verdict Within(PairedEffect effect, double most, bool relative, string rival, string subject)
    {
        var margin = relative ? most * Math.Abs(effect.Rival.Value) : most;
        var allowed = relative ? $"the {Show(100 * most)} % allowed ({Show(margin)})" : $"the {Show(margin)} allowed";
        return Decide(effect.Metric, Measured.Of(effect.Effect), Ground.Holdout, -margin, Finding(effect.Metric, effect.Effect.Value, subject, rival, Ground.Holdout), "a loss of " + allowed, above: "within " + allowed, below: "beyond " + allowed, b => b);
    }

    /// <summary>Both of two verdicts on one expectation: supported when both are, refuted when one is.</summary>
    /// <param name="score">On the score, whose numbers are kept.</param>
    /// <param name="speed">On the speed.</param>
    public static Verdict Both(Verdict score, Verdict speed)
    {
        VerdictOutcome[] outcomes = [score.Outcome, speed.Outcome];
        var outcome = outcomes.Contains(VerdictOutcome.Refuted) ? VerdictOutcome.Refuted : outcomes.Contains(VerdictOutcome.Undecided) ? VerdictOutcome.Undecided : VerdictOutcome.Supported;
        return score with { Outcome = outcome, Sentence = $"{outcome}: {Words(score)}; {Words(speed)}.", More = outcome == VerdictOutcome.Undecided ? score.More : null, Tests = [.. score.Tests, .. speed.Tests] };
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
        return Decide(objective, effect, ground, margin, Finding(objective, effect.Value, "the winner", rival, ground), expected, above: "above " + expected, below: "below " + expected, b => b);
    }

    /// <summary>Whether a score reaches a threshold (stays at or below it, where less is better).</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="score">The winner's on the holdout.</param>
    /// <param name="threshold">In the metric's unit.</param>
    /// <param name="subject">What to call the one that is judged.</param>
    public static Verdict AtLeast(Metric metric, BootstrapScore score, double threshold, string subject = "the winner")
    {
        var expected = $"the {Show(threshold)} asked for";
        var finding = $"{subject}'s {metric.Id} on the holdout is {Show(score.Value)}";
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

    /// <summary>What nested cross-validation says: the corrected resampled t-test over the outer folds.</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="expect">What was expected.</param>
    /// <param name="folds">The outer folds; at least one.</param>
    /// <param name="testTrainRatio">Rows of an outer fold over rows searched on without it: 1 / (k - 1) for k folds.</param>
    public static Verdict Nested(Metric metric, Expectation expect, IReadOnlyList<NestedFold> folds, double testTrainRatio)
    {
        var score = NestedScore(metric, expect, folds, testTrainRatio);
        return expect.FasterBy is { } factor
            ? Both(score, SpeedRule.Faster([.. folds.Select(f => f.Faster ?? double.NaN)], testTrainRatio, factor, expect.Subject, RivalOf(expect)))
            : score;
    }

    private static Verdict NestedScore(Metric metric, Expectation expect, IReadOnlyList<NestedFold> folds, double testTrainRatio)
    {
        var ground = Ground.Outer(folds.Count);
        var by = folds.Average(f => f.By);
        if (folds.Any(f => double.IsNaN(f.Effect)))
        {
            return Undecided($"{metric.Id} or its rival's is not defined on every outer fold", by);
        }

        // where a percentage was asked for, each fold has a margin of its own
        var test = CorrectedResampledTTest.Run([.. folds.Select(f => f.Effect - f.By + by)], testTrainRatio, by);
        var effect = new Measured(test.Mean, test.LowerBound, test.UpperBound, _ => test.P, Size: 0); // more folds of the same rows would not be more rows
        if (expect.AtLeast is { } threshold)
        {
            var asked = $"the {Show(threshold)} asked for";
            return Decide(metric, effect, ground, 0, $"{expect.Subject}'s {metric.Id} {ground.Where} is {Show(folds.Average(f => f.Winner))}", asked, above: "better than " + asked, below: "worse than " + asked, bound => metric.HigherIsBetter ? threshold + bound : threshold - bound);
        }

        var finding = Finding(metric, effect.Value, expect.Subject, RivalOf(expect), ground);
        if (expect.Within is not null)
        {
            var allowed = $"the {Show(-by)} allowed";
            return Decide(metric, effect, ground, by, finding, "a loss of " + allowed, above: "within " + allowed, below: "beyond " + allowed, b => b);
        }

        var expected = by == 0 ? "0" : $"the {Show(by)} expected";
        return Decide(metric, effect, ground, by, finding, expected, above: "above " + expected, below: "below " + expected, b => b);
    }

    /// <summary>Undecided, for want of a holdout.</summary>
    /// <param name="reason">Why there is none to judge by, as a sentence's end: <c>no rows were set aside (validate.holdout is 0)</c>.</param>
    /// <param name="by">What was expected, in the metric's unit; NaN when it depends on a score that is not known.</param>
    public static Verdict Undecided(string reason, double by)
        => new(VerdictOutcome.Undecided, double.NaN, double.NaN, double.NaN, by, double.NaN, $"Undecided: {reason}.");

    private static string RivalOf(Expectation expect) => expect.Rival switch { Expectation.Default => "the default", Expectation.Winner => "the winner", var other => other! };

    /// <summary>A verdict's sentence without the outcome that it begins with and its full stop.</summary>
    private static string Words(Verdict verdict) => verdict.Sentence[(verdict.Sentence.IndexOf(": ", StringComparison.Ordinal) + 2)..].TrimEnd('.');

    private static string Finding(Objective objective, double gain, string subject, string rival, Ground ground) => gain switch
    {
        0 => $"{subject} and {rival} score the same {objective.Id} {ground.Where}",
        > 0 => $"{subject} beats {rival} by {Show(gain)} {objective.Id} {ground.Where}",
        _ => $"{subject} is {Show(-gain)} {objective.Id} worse than {rival} {ground.Where}",
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
        var more = outcome == VerdictOutcome.Undecided ? More(effect, by) : null;
        return new Verdict(outcome, effect.Value, low, high, by, effect.P(by), $"{outcome}: {words}{(more is { } n ? "; " + ground.More(n) : "")}.") { More = more };
    }

    // bounds shrink with the root of the sample: how many more until the one that is over the line is not
    private static long? More(Measured effect, double by)
    {
        var (distance, reach) = (Math.Abs(effect.Value - by), effect.Value > by ? effect.Value - effect.Low : effect.High - effect.Value);
        var factor = reach / distance * (reach / distance);
        return effect.Size > 0 && factor is > 1 and <= MostFactor ? (long)RoundUp(effect.Size * (factor - 1)) : null;
    }

    // to two digits: it is no more than a rough number
    private static double RoundUp(double number)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, number))) - 1));
        return Math.Ceiling(number / unit) * unit;
    }

    // an effect that so many times the sample would be needed to tell from what was expected is as good as equal to it
    private const double MostFactor = 1000;

    private const string TooFewRepeats = "fewer than two repeats of confirm came through, which say nothing of the noise (stages: confirm, repeats)";

    private static string Show(double number) => number.ToString("0.####", CultureInfo.InvariantCulture) is var plain && Math.Abs(number) is >= 0.01 or 0 ? plain : number.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>An effect with its one-sided 95 % bounds, and the p-value of "it is at most so much".</summary>
    private readonly record struct Measured(double Value, double Low, double High, Func<double, double> P, int Size)
    {
        public static Measured Of(BootstrapScore score) => new(score.Value, score.LowerBound, score.UpperBound, score.PAtMost, score.Rows);

        // seeds are independent of each other, so nothing is to be corrected
        public static Measured Of(IReadOnlyList<double> gains, double by)
        {
            var test = CorrectedResampledTTest.Run(gains, 0, by);
            return new Measured(test.Mean, test.LowerBound, test.UpperBound, _ => test.P, gains.Count);
        }
    }

    /// <summary>What an effect was measured on: "the winner is better ...", "not defined on ...", "but ... allow anything".</summary>
    private readonly record struct Ground(string Where, string These, string Witnesses, string Unit)
    {
        public static Ground Holdout { get; } = new("on the holdout", "these holdout rows", "these rows", "rows held out");

        public static Ground Outer(int folds) => new(string.Create(CultureInfo.InvariantCulture, $"over {folds} outer folds"), "these outer folds", "these folds", "outer folds");

        public static Ground Seeds(int repeats) => new(string.Create(CultureInfo.InvariantCulture, $"over {repeats} fresh seeds"), "these seeds", "these seeds", "repeats");

        public string More(long count) => string.Create(CultureInfo.InvariantCulture, $"if it is what it seems, about {count:N0} more {Unit} would decide it");
    }
}
