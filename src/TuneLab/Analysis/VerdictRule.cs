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
        var unit = effect.Metric.Id;
        var finding = double.IsNaN(effect.Effect.Value) ? $"{unit} is not defined on these holdout rows"
            : effect.Effect.Value == 0 ? $"the winner and {rival} score the same {unit} on the holdout"
            : effect.Effect.Value > 0 ? $"the winner beats {rival} by {Show(effect.Effect.Value)} {unit} on the holdout"
            : $"the winner is {Show(-effect.Effect.Value)} {unit} worse than {rival} on the holdout";
        return Decide(effect.Effect, margin, finding, expected);
    }

    /// <summary>Whether a score reaches a threshold (stays at or below it, where less is better).</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="score">The winner's on the holdout.</param>
    /// <param name="threshold">In the metric's unit.</param>
    public static Verdict AtLeast(Metric metric, BootstrapScore score, double threshold)
    {
        var gain = score.Map(s => metric.Gain(s, threshold));
        var finding = double.IsNaN(score.Value) ? $"{metric.Id} is not defined on these holdout rows"
            : $"the winner's {metric.Id} on the holdout is {Show(score.Value)}, {Show(Math.Abs(gain.Value))} {(gain.Value >= 0 ? "better" : "worse")} than the {Show(threshold)} asked for";
        return Decide(gain, 0, finding, "0");
    }

    /// <summary>Undecided, for want of a holdout.</summary>
    /// <param name="reason">Why there is none to judge by, as a sentence's end: <c>no rows were set aside (validate.holdout is 0)</c>.</param>
    /// <param name="by">What was expected, in the metric's unit; NaN when it depends on a score that is not known.</param>
    public static Verdict Undecided(string reason, double by)
        => new(VerdictOutcome.Undecided, double.NaN, double.NaN, double.NaN, by, double.NaN, $"Undecided: {reason}.");

    private static Verdict Decide(BootstrapScore effect, double by, string finding, string expected)
    {
        var (low, high) = (effect.LowerBound, effect.UpperBound);
        var outcome = low > by ? VerdictOutcome.Supported : high < by ? VerdictOutcome.Refuted : VerdictOutcome.Undecided;
        var reason = outcome switch
        {
            VerdictOutcome.Supported => $" (95 % lower bound {Show(low)}, above {expected})",
            VerdictOutcome.Refuted => $" (95 % upper bound {Show(high)}, below {expected})",
            _ when double.IsNaN(low) => double.IsNaN(effect.Value) ? "" : $", and too few resamples of these rows have a score to bound it",
            _ when low == high => "",
            _ => $", but these rows allow anything from {Show(low)} to {Show(high)} (95 % bounds), which does not tell it from {expected}",
        };
        return new Verdict(outcome, effect.Value, low, high, by, effect.PAtMost(by), $"{outcome}: {finding}{reason}.");
    }

    private static string Show(double number) => number.ToString("0.####", CultureInfo.InvariantCulture) is var plain && Math.Abs(number) is >= 0.01 or 0 ? plain : number.ToString("G3", CultureInfo.InvariantCulture);
}
