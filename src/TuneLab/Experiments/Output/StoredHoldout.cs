using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Experiments.Output;

/// <summary>The winner's predictions of the holdout as the store keeps them, so that experiments can be compared without their data. Immutable.</summary>
/// <param name="Rows">[holdout] row indexes, among the rows whose label is known.</param>
/// <param name="Predictions">Of these rows.</param>
public sealed record StoredHoldout(int[] Rows, Predictions Predictions)
{
    /// <summary>The name under which an experiment keeps it.</summary>
    public const string BlobName = "winner-holdout";

    private const int Version = 1;

    /// <summary>As bytes.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Version);
            writer.Write(Predictions.Task.ToString());
            writer.Write(Predictions.Outputs);
            writer.Write(Predictions.Threshold);
            writer.Write(Rows.Length);
            Array.ForEach(Rows, writer.Write);
            Array.ForEach(Predictions.Truth, writer.Write);
            Array.ForEach(Predictions.Values, writer.Write);
            writer.Write(Predictions.Weights is not null);
            Array.ForEach(Predictions.Weights ?? [], writer.Write);
        }

        return stream.ToArray();
    }

    /// <summary>Reads <see cref="Write"/> back; null for bytes of another version.</summary>
    public static StoredHoldout? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        if (reader.ReadInt32() != Version)
        {
            return null;
        }

        var (task, outputs, threshold) = (Enum.Parse<LearningTask>(reader.ReadString()), reader.ReadInt32(), reader.ReadDouble());
        var rows = new int[reader.ReadInt32()];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = reader.ReadInt32();
        }

        var (truth, values) = (Doubles(rows.Length), Doubles(rows.Length * outputs));
        var weights = reader.ReadBoolean() ? Doubles(rows.Length) : null;
        return new StoredHoldout(rows, new Predictions(task, truth, values, outputs, weights, threshold));

        double[] Doubles(int count)
        {
            var numbers = new double[count];
            for (var i = 0; i < count; i++)
            {
                numbers[i] = reader.ReadDouble();
            }

            return numbers;
        }
    }
}
