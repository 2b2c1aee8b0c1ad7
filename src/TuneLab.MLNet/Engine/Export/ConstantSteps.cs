using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Models;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>The answers of a model that says the same of every row, in the columns that <see cref="AnswerSteps"/> gives.</summary>
internal static class ConstantSteps
{
    /// <summary>Adds the steps.</summary>
    /// <param name="steps">Where to.</param>
    /// <param name="frame">What stands around the model; its constant is the answer.</param>
    /// <param name="card">Names the classes, and the threshold.</param>
    /// <param name="column">Any raw column: an expression must have one.</param>
    public static void Add(Steps steps, ModelFrame frame, ModelCard card, InputColumn column)
    {
        var (transforms, source, constant) = (steps.Context.Transforms, column.Name, frame.Constant);
        if (column.Type == ColumnType.Date)
        {
            source = steps.Helper(column.Name);
            steps.Add(transforms.Conversion.ConvertType(source, column.Name, DataKind.Int64));
        }

        void Say(string name, string literal) => steps.Add(transforms.Expression(name, "x : " + literal, source));
        switch (frame.Task)
        {
            case LearningTask.Regression:
                Say(FittedPredictor.Score, Number(constant[0]));
                break;
            case LearningTask.Binary:
                Say(FittedPredictor.Score, Number(Math.Clamp(Math.Log(constant[0] / (1 - constant[0])), -100, 100)));
                Say(FittedPredictor.Probability, Number(constant[0]));
                Say(AnswerSteps.PredictedLabel, Literals.Of(card.Classes[constant[0] >= card.Threshold ? 1 : 0]));
                break;
            default:
                var shares = constant.Select((share, i) => (Name: steps.Helper(string.Create(CultureInfo.InvariantCulture, $"share{i}")), share)).ToArray();
                Array.ForEach(shares, s => Say(s.Name, Number(s.share)));
                steps.Add(transforms.Concatenate(FittedPredictor.Score, [.. shares.Select(s => s.Name)]));
                Say(AnswerSteps.PredictedLabel, Literals.Of(card.Classes[Array.IndexOf(constant, constant.Max())]));
                break;
        }
    }

    private static string Number(double value) => $"single({Literals.Of(value)})";
}
