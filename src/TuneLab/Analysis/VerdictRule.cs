using TuneLab.Experiments;
using TuneLab.Metrics;

namespace TuneLab.Analysis;

/// <summary>
/// Answers a hypothesis from the holdout: supported when the one-sided 95 % lower bound of the effect is above what was expected, refuted when the upper bound is below it, else
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
        var (metric, gain) = (effect.Metric.Id, effect.Effect);
        var finding = gain.Value switch
        {
            0 => $"the winner and {rival} score the same {metric} on the holdout",
            > 0 => $"the winner beats {rival} by {Show(gain.Value)} {metric} on the holdout",
            _ => $"the winner is {Show(-gain.Value)} {metric} worse than {rival} on the holdout",
        };
        return Decide(effect.Metric, gain, margin, finding, expected, above: "above " + expected, below: "below " + expected, b => b);
    }

    /// <summary>Whether a score reaches a threshold (stays at or below it, where less is better).</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="score">The winner's on the holdout.</param>
    /// <param name="threshold">In the metric's unit.</param>
    public static Verdict AtLeast(Metric metric, BootstrapScore score, double threshold)
    {
        var expected = $"the {Show(threshold)} asked for";
        var finding = $"the winner's {metric.Id} on the holdout is {Show(score.Value)}";
        return Decide(metric, score.Map(s => metric.Gain(s, threshold)), 0, finding, expected, above: "better than " + expected, below: "worse than " + expected,
            bound => metric.HigherIsBetter ? threshold + bound : threshold - bound);
    }

    /// <summary>Undecided, for want of a holdout.</summary>
    /// <param name="reason">Why there is none to judge by, as a sentence's end: <c>no rows were set aside (validate.holdout is 0)</c>.</param>
    /// <param name="by">What was expected, in the metric's unit; NaN when it depends on a score that is not known.</param>
    public static Verdict Undecided(string reason, double by)
        => new(VerdictOutcome.Undecided, double.NaN, double.NaN, double.NaN, by, double.NaN, $"Undecided: {reason}.");

    /// <param name="metric">What is measured.</param>
    /// <param name="effect">Positive is better.</param>
    /// <param name="by">What it should exceed.</param>
    /// <param name="finding">The sentence's beginning.</param>
    /// <param name="expected">What was expected, in words.</param>
    /// <param name="above">That a bound is on the good side of it, in words.</param>
    /// <param name="below">That it is on the bad side.</param>
    /// <param name="shown">From a bound of the effect to the number that the sentence gives.</param>
    private static Verdict Decide(Metric metric, BootstrapScore effect, double by, string finding, string expected, string above, string below, Func<double, double> shown)
    {
        var (low, high) = (effect.LowerBound, effect.UpperBound);
        var outcome = low > by ? VerdictOutcome.Supported : high < by ? VerdictOutcome.Refuted : VerdictOutcome.Undecided;
        var (shownLow, shownHigh) = (shown(low), shown(high));
        var words = outcome switch
        {
            VerdictOutcome.Supported => $"{finding} (95 % {(shownLow <= shownHigh ? "lower" : "upper")} bound {Show(shownLow)}, {above})",
            VerdictOutcome.Refuted => $"{finding} (95 % {(shownLow <= shownHigh ? "upper" : "lower")} bound {Show(shownHigh)}, {below})",
            _ when double.IsNaN(effect.Value) => $"{metric.Id} is not defined on these holdout rows",
            _ when double.IsNaN(low) => $"{finding}, and too few resamples of these rows have a score to bound it",
            _ when low == high => finding,
            _ => $"{finding}, but these rows allow anything from {Show(Math.Min(shownLow, shownHigh))} to {Show(Math.Max(shownLow, shownHigh))} (95 % bounds), which does not tell it from {expected}",
        };
        return new Verdict(outcome, effect.Value, low, high, by, effect.PAtMost(by), $"{outcome}: {words}.");
    }

    private static string Show(double number) => number.ToString("0.####", CultureInfo.InvariantCulture) is var plain && Math.Abs(number) is >= 0.01 or 0 ? plain : number.ToString("G3", CultureInfo.InvariantCulture);
}
