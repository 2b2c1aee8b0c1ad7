using TuneLab.Data;
using TuneLab.MLNet.Engine.Models;
using TuneLab.MLNet.Engine.Runs;

namespace TuneLab.MLNet.Engine.Trees;

/// <summary>From the scores of ensembles to what ML.NET's model gives, with its rounding.</summary>
/// <param name="Slope">The slope of the calibrator that ML.NET puts behind a binary ensemble.</param>
/// <param name="Softmax">Whether scores of classes are joined by a softmax; else each is calibrated and their sum made 1.</param>
/// <param name="Exponential">Whether a number is the exponential of its score.</param>
internal sealed record ScoreLink(double Slope, bool Softmax, bool Exponential)
{
    /// <summary>The predictions of rows.</summary>
    /// <param name="frame">What stands around the model.</param>
    /// <param name="sums">The scores.</param>
    /// <param name="values">[rows x outputs], overwritten.</param>
    public void Predict(ModelFrame frame, RowSums sums, double[] values)
    {
        var platt = new PlattCalibration(Slope, 0);
        if (frame.Task != LearningTask.Multiclass)
        {
            for (var row = 0; row < values.Length; row++)
            {
                var score = sums.Score(row, 0);
                values[row] = frame.Single(frame.Task == LearningTask.Binary ? platt.Of(score) : Exponential ? (float)Math.Exp(score) : score);
            }

            return;
        }

        var shares = new float[frame.Classes.Length];
        for (var row = 0; row < values.Length / frame.Outputs; row++)
        {
            var (sum, powers) = (0.0, new double[shares.Length]);
            for (var k = 0; k < shares.Length; k++)
            {
                sum += powers[k] = Softmax ? Math.Exp(sums.Score(row, k)) : platt.Of(sums.Score(row, k));
            }

            for (var k = 0; k < shares.Length; k++)
            {
                shares[k] = sum > 0 ? (float)(powers[k] / sum) : (float)powers[k];
            }

            frame.Shares(shares, values.AsSpan(row * frame.Outputs, frame.Outputs));
        }
    }
}
