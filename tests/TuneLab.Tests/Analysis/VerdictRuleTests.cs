using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Metrics;

namespace TuneLab.Tests.Analysis;

public sealed class VerdictRuleTests
{
    private static readonly Metric Auc = MetricCatalog.Get("auc", LearningTask.Binary);
    private static readonly Metric Rmse = MetricCatalog.Get("rmse", LearningTask.Regression);

    [Fact]
    public void Beats_LowerBoundAboveExpected_Supported()
    {
        var verdict = VerdictRule.Beats(Effect(Auc, 0.9123, 0.9, spread: 0.002), 0.01, relative: false, "the default");
        Assert.Equal(VerdictOutcome.Supported, verdict.Outcome);
        Assert.Equal("Supported: the winner beats the default by 0.0123 auc on the holdout (95 % lower bound 0.0105, above the 0.01 expected).", verdict.Sentence);
        Assert.Equal(0.0123, verdict.Effect, 1e-12);
        Assert.Equal(0.01, verdict.By);
        Assert.Equal(1.0 / 1002, verdict.P, 1e-12);
    }

    [Fact]
    public void Beats_UpperBoundBelowExpected_Refuted()
    {
        var verdict = VerdictRule.Beats(Effect(Auc, 0.9012, 0.9, spread: 0.002), 0.01, relative: false, "the default");
        Assert.Equal(VerdictOutcome.Refuted, verdict.Outcome);
        Assert.Equal("Refuted: the winner beats the default by 0.0012 auc on the holdout (95 % upper bound 0.003, below the 0.01 expected).", verdict.Sentence);
        Assert.Equal(1, verdict.P);
    }

    [Fact]
    public void Beats_WorseThanTheRival_SaysSo()
    {
        var verdict = VerdictRule.Beats(Effect(Rmse, 21, 20, spread: 0.1), 0, relative: false, "forest");
        Assert.Equal(VerdictOutcome.Refuted, verdict.Outcome);
        Assert.Equal("Refuted: the winner is 1 rmse worse than forest on the holdout (95 % upper bound -0.91, below 0).", verdict.Sentence);
    }

    [Fact]
    public void Beats_BoundsOnBothSides_Undecided()
    {
        var verdict = VerdictRule.Beats(Effect(Auc, 0.92, 0.9, spread: 0.02), 0.01, relative: false, "the default");
        Assert.Equal(VerdictOutcome.Undecided, verdict.Outcome);
        Assert.Equal("Undecided: the winner beats the default by 0.02 auc on the holdout, but these rows allow anything from 0.002 to 0.038 (95 % bounds), which does not tell it from the 0.01 expected.", verdict.Sentence);
        Assert.InRange(verdict.P, 0.2, 0.3);
    }

    [Theory]
    [InlineData(0.05, VerdictOutcome.Supported)]
    [InlineData(0.15, VerdictOutcome.Refuted)]
    public void Beats_Relative_IsAFractionOfTheRivalsScore(double by, VerdictOutcome outcome)
    {
        var verdict = VerdictRule.Beats(Effect(Rmse, 18, 20, spread: 0.1), by, relative: true, "the default");
        Assert.Equal((outcome, 20 * by), (verdict.Outcome, verdict.By));
        Assert.Contains($"the {(by == 0.05 ? "5 % expected (1)" : "15 % expected (3)")}", verdict.Sentence);
    }

    [Theory]
    [InlineData(-0.004, 0.002, VerdictOutcome.Supported, "Supported: linear is 0.004 auc worse than the winner on the holdout (95 % lower bound -0.0058, within the 0.01 allowed).")]
    [InlineData(-0.02, 0.002, VerdictOutcome.Refuted, "Refuted: linear is 0.02 auc worse than the winner on the holdout (95 % upper bound -0.0182, beyond the 0.01 allowed).")]
    [InlineData(-0.0085, 0.01, VerdictOutcome.Undecided, "Undecided: linear is 0.0085 auc worse than the winner on the holdout, but these rows allow anything from -0.0175 to 0.0005 (95 % bounds), which does not tell it from a loss of the 0.01 allowed.")]
    public void Within_ALossThatIsAllowed_IsTestedFromBelow(double effect, double spread, VerdictOutcome outcome, string sentence)
    {
        var verdict = VerdictRule.Within(Effect(Auc, 0.9 + effect, 0.9, spread), 0.01, relative: false, "the winner", "linear");
        Assert.Equal((outcome, sentence, -0.01), (verdict.Outcome, verdict.Sentence, verdict.By));
    }

    [Fact]
    public void Beats_Undecided_SaysHowManyMoreRowsWouldDecide()
    {
        var effect = Effect(Auc, 0.92, 0.9, spread: 0.02);
        var verdict = VerdictRule.Beats(effect with { Effect = new BootstrapScore(effect.Effect.Value, effect.Effect.Draws) { Rows = 1000 } }, 0.01, relative: false, "the default");

        // the lower bound is 0.018 below the effect and has to be 0.01 below it: 3.24 times the rows
        Assert.Equal(2300, verdict.More);
        Assert.EndsWith("if it is what it seems, about 2,300 more rows held out would decide it.", verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 8, VerdictOutcome.Supported, "2 times as fast")]
    [InlineData(8, 4, VerdictOutcome.Refuted, "0.5 times as fast")]
    public void Faster_TimesOfTheSameFolds_DecideByTheirRatio(double own, double rival, VerdictOutcome outcome, string words)
    {
        double[] noise = [1, 1.01, 0.99, 1.02, 0.98];
        var verdict = SpeedRule.Faster([.. noise.Select(n => own * n)], [.. noise.Reverse().Select(n => rival * n)], 1.5, "linear", "boosting");
        Assert.Equal(outcome, verdict.Outcome);
        Assert.Contains($"a fit of linear is {words} as one of boosting", verdict.Sentence, StringComparison.Ordinal);
        var score = VerdictRule.Within(Effect(Auc, 0.9, 0.9, 0.001), 0.01, relative: false, "boosting", "linear");
        var both = VerdictRule.Both(score, verdict);
        Assert.Equal(outcome, both.Outcome);
        Assert.StartsWith($"{outcome}: linear and boosting score the same auc on the holdout (95 % lower bound -0.0009, within the 0.01 allowed); a fit of linear is", both.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Faster_OneFold_IsUndecided()
        => Assert.Equal((VerdictOutcome.Undecided, "Undecided: fewer than two folds say how fast linear is beside boosting."), SpeedRule.Faster([1], [2], 1.5, "linear", "boosting") is var v ? (v.Outcome, v.Sentence) : default);

    [Fact]
    public void Beats_SamePredictions_UndecidedInPlainWords()
    {
        var verdict = VerdictRule.Beats(Effect(Auc, 0.9, 0.9, spread: 0), 0, relative: false, "the default");
        Assert.Equal((VerdictOutcome.Undecided, "Undecided: the winner and the default score the same auc on the holdout."), (verdict.Outcome, verdict.Sentence));
    }

    [Fact]
    public void Beats_ScoreNotDefined_UndecidedWithTheReason()
        => Assert.Equal("Undecided: auc is not defined on these holdout rows.", VerdictRule.Beats(Effect(Auc, double.NaN, 0.9, spread: 0.1), 0, relative: false, "the default").Sentence);

    [Fact]
    public void Beats_TooFewDraws_Undecided()
    {
        var verdict = VerdictRule.Beats(new PairedEffect(Auc, new BootstrapScore(0.9, []), new BootstrapScore(0.8, []), new BootstrapScore(0.1, [0.1, 0.2])), 0, relative: false, "the default");
        Assert.Equal(VerdictOutcome.Undecided, verdict.Outcome);
        Assert.EndsWith("too few resamples of these rows have a score to bound it.", verdict.Sentence);
    }

    [Theory]
    [InlineData(0.85, VerdictOutcome.Supported, "Supported: the winner's auc on the holdout is 0.9 (95 % lower bound 0.882, better than the 0.85 asked for).")]
    [InlineData(0.95, VerdictOutcome.Refuted, "Refuted: the winner's auc on the holdout is 0.9 (95 % upper bound 0.918, worse than the 0.95 asked for).")]
    [InlineData(0.89, VerdictOutcome.Undecided, "Undecided: the winner's auc on the holdout is 0.9, but these rows allow anything from 0.882 to 0.918 (95 % bounds), which does not tell it from the 0.89 asked for.")]
    public void AtLeast_Threshold_JudgedByTheBounds(double threshold, VerdictOutcome outcome, string sentence)
    {
        var verdict = VerdictRule.AtLeast(Auc, Score(0.9, 0.02), threshold);
        Assert.Equal((outcome, sentence), (verdict.Outcome, verdict.Sentence));
        Assert.Equal(0, verdict.By);
    }

    [Fact]
    public void AtLeast_LessIsBetter_IsAtMost()
    {
        var verdict = VerdictRule.AtLeast(Rmse, Score(18, 0.1), 20);
        Assert.Equal((VerdictOutcome.Supported, 2), (verdict.Outcome, verdict.Effect));
        Assert.Equal("Supported: the winner's rmse on the holdout is 18 (95 % upper bound 18.09, better than the 20 asked for).", verdict.Sentence);
        Assert.Equal("Refuted: the winner's rmse on the holdout is 18 (95 % lower bound 17.91, worse than the 17 asked for).", VerdictRule.AtLeast(Rmse, Score(18, 0.1), 17).Sentence);
    }

    [Fact]
    public void Undecided_NoHoldout_HasNoNumbers()
    {
        var verdict = VerdictRule.Undecided("no rows were set aside (validate.holdout is 0)", 0.01);
        Assert.Equal((VerdictOutcome.Undecided, double.NaN, double.NaN, 0.01), (verdict.Outcome, verdict.Effect, verdict.P, verdict.By));
        Assert.Equal("Undecided: no rows were set aside (validate.holdout is 0).", verdict.Sentence);
    }

    [Theory]
    [InlineData(1.4, VerdictOutcome.Supported)]
    [InlineData(3, VerdictOutcome.Undecided)]
    [InlineData(4.6, VerdictOutcome.Refuted)]
    public void Beats_ScoresBySeed_IsAPairedTTest(double by, VerdictOutcome expected)
    {
        var verdict = VerdictRule.Beats(new ReportedScore("loss", false), [9, 18, 27, 36, 45], [10, 20, 30, 40, 50], by, false, "the default");

        // gains 1 to 5: mean 3, standard error sqrt(2.5 / 5), t(0.95; 4) = 2.131847
        Assert.Equal(expected, verdict.Outcome);
        Assert.Equal((3, 3 - 2.131847 * Math.Sqrt(0.5), 3 + 2.131847 * Math.Sqrt(0.5)), (verdict.Effect, verdict.Low, verdict.High), new Close());
        Assert.Contains("over 5 fresh seeds", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(by == 3 ? 0.5 : verdict.P, verdict.P, 9);
    }

    [Fact]
    public void Beats_OneSeed_IsUndecided()
        => Assert.Contains("fewer than two repeats", VerdictRule.Beats(new ReportedScore("score", true), [2.0], [1.0], 0, false, "the default").Sentence, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.6, VerdictOutcome.Supported)]
    [InlineData(0.8, VerdictOutcome.Refuted)]
    public void AtLeast_ScoresBySeed_ComparesTheirMean(double threshold, VerdictOutcome expected)
        => Assert.Equal(expected, VerdictRule.AtLeast(new ReportedScore("score", true), [0.70, 0.71, 0.69], threshold).Outcome);

    private sealed class Close : IEqualityComparer<(double, double, double)>
    {
        public bool Equals((double, double, double) a, (double, double, double) b)
            => Math.Abs(a.Item1 - b.Item1) < 1e-5 && Math.Abs(a.Item2 - b.Item2) < 1e-5 && Math.Abs(a.Item3 - b.Item3) < 1e-5;

        public int GetHashCode((double, double, double) value) => 0;
    }

    private static PairedEffect Effect(Metric metric, double winner, double rival, double spread)
        => new(metric, Score(winner, spread), Score(rival, spread), Score(metric.Gain(winner, rival), spread));

    /// <summary>1,001 draws spread evenly from -spread to +spread around the value: its bounds are 0.9 spread away.</summary>
    private static BootstrapScore Score(double value, double spread) => new(value, Enumerable.Range(0, 1001).Select(i => value + spread * (i - 500) / 500.0));
}
