using TuneLab.Experiments;

namespace TuneLab.Analysis;

/// <summary>Answers whether fits are as many times as fast as was expected, from the times of both on the same folds: a paired t-test of the logarithms of their ratios. Times are those of the machine and of what else ran on it.</summary>
public static class SpeedRule
{
    /// <summary>The test's id.</summary>
    public const string Id = "fit-time";

    /// <summary>Whether it is as fast.</summary>
    /// <param name="seconds">[folds] of the one that is judged, above 0.</param>
    /// <param name="rivals">[folds] of the rival, fold by fold.</param>
    /// <param name="factor">How many times as fast it should be at least.</param>
    /// <param name="subject">What to call the one that is judged.</param>
    /// <param name="rival">What to call the rival.</param>
    /// <returns>The verdict; its effect and bounds are factors.</returns>
    public static Verdict Faster(IReadOnlyList<double> seconds, IReadOnlyList<double> rivals, double factor, string subject, string rival)
        => Decide([.. seconds.Zip(rivals, (own, other) => other / own)], 0, factor, subject, rival, "folds", "folds of the search");

    /// <summary>The same over the outer folds of nested cross-validation, each of which has a winner of its own that was found on rows that the others have too: the corrected test.</summary>
    /// <param name="factors">[outer folds] how many times as fast the one that is judged was; NaN where it is not known, which is left out.</param>
    /// <param name="testTrainRatio">Rows of an outer fold over rows searched on without it.</param>
    /// <param name="factor">As above.</param>
    /// <param name="subject">As above.</param>
    /// <param name="rival">As above.</param>
    public static Verdict Faster(IReadOnlyList<double> factors, double testTrainRatio, double factor, string subject, string rival)
        => Decide([.. factors.Where(f => f > 0)], testTrainRatio, factor, subject, rival, "outer folds", "outer folds, in each over the folds of its search");

    private static Verdict Decide(double[] ratios, double testTrainRatio, double factor, string subject, string rival, string folds, string over)
    {
        var test = CorrectedResampledTTest.Run(Array.ConvertAll(ratios, Math.Log), testTrainRatio, Math.Log(factor));
        var (ratio, low, high) = (Math.Exp(test.Mean), Math.Exp(test.LowerBound), Math.Exp(test.UpperBound));
        var outcome = low > factor ? VerdictOutcome.Supported : high < factor ? VerdictOutcome.Refuted : VerdictOutcome.Undecided;
        var words = outcome switch
        {
            _ when double.IsNaN(low) => $"fewer than two {folds} say how fast {subject} is beside {rival}",
            VerdictOutcome.Supported => $"a fit of {subject} is {Show(ratio)} times as fast as one of {rival} (95 % lower bound {Show(low)}, above the {Show(factor)} expected)",
            VerdictOutcome.Refuted => $"a fit of {subject} is {Show(ratio)} times as fast as one of {rival} (95 % upper bound {Show(high)}, below the {Show(factor)} expected)",
            _ => $"a fit of {subject} is {Show(ratio)} times as fast as one of {rival}, but the {folds} allow anything from {Show(low)} to {Show(high)} (95 % bounds), which does not tell it from the {Show(factor)} expected",
        };
        var told = new SupportingTest(Id, ratio, low, high, factor, test.P, string.Create(CultureInfo.InvariantCulture, $"the rival's seconds over those of {subject}, over {ratios.Length} {over}"));
        return new Verdict(outcome, ratio, low, high, factor, test.P, $"{outcome}: {words}.") { Tests = [told] };
    }

    private static string Show(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
