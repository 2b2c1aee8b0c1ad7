using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>A fitted linear model.</summary>
/// <param name="design">How a table becomes numbers.</param>
/// <param name="task">Decides how weighted sums become predictions.</param>
/// <param name="weights">[outputs x (design width + 1)], row-major, the intercept of each output last.</param>
internal sealed class LinearModel(Design design, LearningTask task, double[] weights) : ITrainedModel
{
    private const int Version = 2; // 1 had no sparse numbers; it reads as it did

    private const int BlockRows = 4096;

    private readonly LinearLoss _loss = LinearLoss.For(task);

    /// <inheritdoc/>
    public int Outputs { get; } = weights.Length / (design.Width + 1);

    /// <summary>[outputs x (width + 1)].</summary>
    public double[] Weights { get; } = weights;

    /// <inheritdoc/>
    public void Predict(FeatureTable table, double[] values, int threads = 1)
    {
        var team = new Team(threads);
        var matrix = design.Matrix(table, team);
        team.For((table.RowCount + BlockRows - 1) / BlockRows, block =>
        {
            for (var row = block * BlockRows; row < Math.Min(table.RowCount, (block + 1) * BlockRows); row++)
            {
                Predict(matrix, row, values.AsSpan(row * Outputs, Outputs));
            }
        });
    }

    /// <summary>Predicts rows of a matrix made by the same design.</summary>
    /// <param name="matrix">All rows.</param>
    /// <param name="rows">Which.</param>
    /// <param name="values">[rows x outputs], row-major, overwritten.</param>
    public void Predict(DesignMatrix matrix, int[] rows, double[] values)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            Predict(matrix, rows[i], values.AsSpan(i * Outputs, Outputs));
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Version);
        writer.Write(task.ToString());
        design.Save(writer);
        writer.Write(Weights.Length);
        foreach (var weight in Weights)
        {
            writer.Write(weight);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static LinearModel Load(BinaryReader reader)
    {
        var version = reader.ReadInt32();
        if (version is < 1 or > Version)
        {
            throw new InvalidDataException($"The linear model has version {version}, this TuneLab reads versions 1 to {Version}.");
        }

        var name = reader.ReadString();
        if (!Enum.TryParse<LearningTask>(name, out var task))
        {
            throw new InvalidDataException($"The linear model is for the unknown task '{name}'.");
        }

        var design = Design.Load(reader);
        var count = reader.ReadInt32();
        if (count <= 0 || count % (design.Width + 1) != 0)
        {
            throw new InvalidDataException($"The linear model is damaged: {count} weights for {design.Width} columns.");
        }

        var weights = new double[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = reader.ReadDouble();
        }

        return new LinearModel(design, task, weights);
    }

    private void Predict(DesignMatrix matrix, int row, Span<double> values)
    {
        var stride = matrix.Width + 1;
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = matrix.Dot(row, Weights.AsSpan(k * stride, stride));
        }

        _loss.Predict(values);
    }
}
