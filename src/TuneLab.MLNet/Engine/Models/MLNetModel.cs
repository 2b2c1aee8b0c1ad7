using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.MLNet.Engine.Features;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>A model of an ML.NET trainer: its predictor, or a constant where there was nothing to learn.</summary>
/// <param name="frame">What stands around the predictor.</param>
/// <param name="predictor">ML.NET's; null: the constant.</param>
internal sealed class MLNetModel(ModelFrame frame, FittedPredictor? predictor) : ITrainedModel
{
    // rows that are made ready at once
    private const int Block = 8192;

    /// <summary>What stands around the predictor.</summary>
    public ModelFrame Frame => frame;

    /// <summary>ML.NET's predictor; null: the constant.</summary>
    public FittedPredictor? Predictor => predictor;

    /// <inheritdoc/>
    public int Outputs => frame.Outputs;

    /// <inheritdoc/>
    public void Predict(FeatureTable table, double[] values, int threads = 1)
    {
        frame.Layout.Check(table);
        Parallel.For(0, (table.RowCount + Block - 1) / Block, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, block =>
        {
            var (first, count) = (block * Block, Math.Min(Block, table.RowCount - block * Block));
            var matrix = FeatureMatrix.Make(frame.Layout, table, first, count);
            Predict(matrix, [.. Enumerable.Range(0, count)], values.AsMemory(first * Outputs, count * Outputs));
        });
    }

    /// <summary>Predicts rows of a matrix.</summary>
    /// <param name="matrix">Of the frame's layout.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="values">[rows x outputs], row-major, overwritten.</param>
    public void Predict(FeatureMatrix matrix, int[] rows, Memory<double> values)
    {
        if (predictor is null)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values.Span[i] = frame.Constant[i % Outputs];
            }
        }
        else if (frame.Task == LearningTask.Multiclass)
        {
            predictor.ReadVectors(matrix, rows, frame.Fields, (row, scores) => frame.Shares(scores, values.Span.Slice(row * Outputs, Outputs)));
        }
        else
        {
            var column = frame.Task == LearningTask.Binary && frame.Calibration is null ? FittedPredictor.Probability : FittedPredictor.Score;
            predictor.Read(matrix, rows, frame.Fields, (row, number) => values.Span[row] = frame.Single(number), column);
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => MLNetModelFile.Write(writer, this);
}
