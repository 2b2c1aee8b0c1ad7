using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Analysis.Holdout;

/// <summary>The loss of each row by itself: log-loss in nats, or the absolute error of a regression.</summary>
public static class RowLosses
{
    // a probability of 0 for what happened costs no more than this
    private const double Least = 1e-15;

    /// <summary>What the losses are, in words.</summary>
    public static string Name(LearningTask task) => task == LearningTask.Regression ? "absolute error" : "log-loss";

    /// <summary>[rows] of at least 0.</summary>
    public static double[] Of(Predictions predictions)
    {
        var losses = new double[predictions.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            var truth = predictions.Truth[i];
            losses[i] = predictions.Task switch
            {
                LearningTask.Regression => Math.Abs(truth - predictions.Values[i]),
                LearningTask.Binary => -Math.Log(Math.Max(Least, truth == 1 ? predictions.Values[i] : 1 - predictions.Values[i])),
                _ => -Math.Log(Math.Max(Least, predictions.Values[(i * predictions.Outputs) + (int)truth])),
            };
        }

        return losses;
    }
}
