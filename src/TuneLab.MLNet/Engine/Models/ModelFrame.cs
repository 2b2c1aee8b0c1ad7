using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Runs;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>What stands around ML.NET's predictor: from features to its vector, and from its scores to predictions.</summary>
/// <param name="Task">What was learned.</param>
/// <param name="Outputs">Numbers per row.</param>
/// <param name="Layout">From a table to the vector.</param>
/// <param name="Fields">The vectors of single fields that it takes besides.</param>
/// <param name="Classes">The classes that the predictor knows, by its own index; the others get 0.</param>
/// <param name="LogShares">Whether its scores of the classes are logarithms of shares, or differ from them by the same number.</param>
/// <param name="Scale">From a score to the label, for regression.</param>
/// <param name="Calibration">From a score to a probability, for binary predictors that have no probability of their own.</param>
/// <param name="Constant">[outputs]: what is predicted without a predictor, and for a row that it has no numbers for.</param>
internal sealed record ModelFrame(
    LearningTask Task, int Outputs, FeatureLayout Layout, IReadOnlyList<FieldRange> Fields, int[] Classes, bool LogShares, TargetScale Scale, PlattCalibration? Calibration, double[] Constant)
{
    /// <summary>The prediction of a binary model or of a regression.</summary>
    /// <param name="number">Its score, or its own probability.</param>
    public double Single(float number)
    {
        if (!float.IsFinite(number) && Task == LearningTask.Binary && Calibration is null)
        {
            return Constant[0];
        }

        return Task == LearningTask.Regression ? Scale.Back(number) : Calibration is null ? number : Calibration.Of(number) is var p && float.IsNaN(p) ? Constant[0] : p;
    }

    /// <summary>The shares of all classes.</summary>
    /// <param name="scores">[known classes]: the predictor's.</param>
    /// <param name="shares">[outputs], overwritten; their sum is 1.</param>
    public void Shares(ReadOnlySpan<float> scores, Span<double> shares)
    {
        shares.Clear();
        var (sum, best) = (0.0, float.NegativeInfinity);
        foreach (var score in scores)
        {
            best = float.IsFinite(score) ? Math.Max(best, score) : best;
        }

        for (var k = 0; k < scores.Length && k < Classes.Length; k++)
        {
            var share = LogShares ? Math.Exp(scores[k] - best) : Math.Max(0, scores[k]);
            sum += shares[Classes[k]] = double.IsFinite(share) ? share : 0;
        }

        for (var k = 0; k < shares.Length; k++)
        {
            shares[k] = sum > 0 ? shares[k] / sum : Constant[k];
        }
    }
}
