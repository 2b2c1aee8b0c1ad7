using Microsoft.ML;
using TuneLab.Data;
using TuneLab.MLNet.Engine.Models;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>From the predictor's columns to answers in the words of the table: <c>Score</c> in the label's unit, <c>Probability</c> of the positive class, <c>PredictedLabel</c> as a text of the label column.</summary>
internal static class AnswerSteps
{
    /// <summary>The name of the column of answers.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>Adds the steps.</summary>
    /// <param name="steps">Where to; the predictor is the last one so far.</param>
    /// <param name="frame">What stands around the predictor.</param>
    /// <param name="card">Names the classes, and the threshold.</param>
    public static void Add(Steps steps, ModelFrame frame, ModelCard card)
    {
        var context = steps.Context;
        switch (frame.Task)
        {
            case LearningTask.Regression:
                steps.Add(context.Transforms.Expression(FittedPredictor.Score, $"s : single(double(s) * {Literals.Of(frame.Scale.Unit)} + {Literals.Of(frame.Scale.Shift)})", FittedPredictor.Score));
                break;
            case LearningTask.Binary:
                if (frame.Calibration is { } platt)
                {
                    steps.Add(context.BinaryClassification.Calibrators.Platt(platt.Slope, platt.Offset, FittedPredictor.Score));
                }

                steps.Add(context.Transforms.Expression(PredictedLabel, $"p : double(p) >= {Literals.Of(card.Threshold)} ? {Literals.Of(card.Classes[1])} : {Literals.Of(card.Classes[0])}", FittedPredictor.Probability));
                break;
            default:
                steps.Add(context.Transforms.Conversion.MapKeyToValue(PredictedLabel));
                steps.Add(context.Transforms.Conversion.MapValue(PredictedLabel, card.Classes.Select((name, i) => KeyValuePair.Create(i.ToString(CultureInfo.InvariantCulture), name)), PredictedLabel));
                break;
        }
    }
}
