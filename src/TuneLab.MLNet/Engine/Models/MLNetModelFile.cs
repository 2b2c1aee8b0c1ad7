using TuneLab.Data;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Runs;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>The bytes of an <see cref="MLNetModel"/>: a mark, the frame, and ML.NET's own zip of the predictor.</summary>
internal static class MLNetModelFile
{
    private static ReadOnlySpan<byte> Mark => "TLM1"u8;

    /// <summary>Writes a model.</summary>
    public static void Write(BinaryWriter writer, MLNetModel model)
    {
        var frame = model.Frame;
        writer.Write(Mark);
        writer.Write((byte)frame.Task);
        writer.Write(frame.Outputs);
        frame.Layout.Save(writer);
        writer.Write(frame.Fields.Count);
        foreach (var field in frame.Fields)
        {
            writer.Write(field.Name);
            writer.Write(field.First);
            writer.Write(field.Count);
        }

        writer.Write(frame.Classes.Length);
        Array.ForEach(frame.Classes, writer.Write);
        writer.Write(frame.LogShares);
        writer.Write(frame.Scale.Shift);
        writer.Write(frame.Scale.Unit);
        writer.Write(frame.Calibration is not null);
        writer.Write(frame.Calibration?.Slope ?? 0);
        writer.Write(frame.Calibration?.Offset ?? 0);
        Array.ForEach(frame.Constant, writer.Write);
        writer.Write(model.Predictor?.Bytes.Length ?? 0);
        writer.Write(model.Predictor?.Bytes ?? []);
    }

    /// <summary>Whether bytes begin as a model's do.</summary>
    /// <param name="stream">At the first byte, where it is left.</param>
    public static bool IsModel(MemoryStream stream) => stream.ToArray().AsSpan((int)stream.Position).StartsWith(Mark);

    /// <summary>Reads a model.</summary>
    /// <param name="reader">At its first byte; left behind its last.</param>
    /// <exception cref="InvalidDataException">The bytes are no such model, or damaged.</exception>
    public static MLNetModel Read(BinaryReader reader)
    {
        if (!reader.ReadBytes(Mark.Length).AsSpan().SequenceEqual(Mark))
        {
            throw new InvalidDataException("These bytes are no model of an ML.NET trainer that this version reads.");
        }

        try
        {
            var (task, outputs, layout) = ((LearningTask)reader.ReadByte(), reader.ReadInt32(), FeatureLayout.Load(reader));
            var fields = Many(reader.ReadInt32(), () => new FieldRange(reader.ReadString(), reader.ReadInt32(), reader.ReadInt32()));
            var classes = Many(reader.ReadInt32(), reader.ReadInt32);
            var logShares = reader.ReadBoolean();
            var scale = new TargetScale(reader.ReadDouble(), reader.ReadDouble());
            var (calibrated, slope, offset) = (reader.ReadBoolean(), reader.ReadDouble(), reader.ReadDouble());
            var constant = Many(outputs, reader.ReadDouble);
            var bytes = reader.ReadBytes(reader.ReadInt32());
            var frame = new ModelFrame(task, outputs, layout, fields, classes, logShares, scale, calibrated ? new PlattCalibration(slope, offset) : null, constant);
            return new MLNetModel(frame, bytes.Length == 0 ? null : FittedPredictor.Load(bytes));
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("The bytes of an ML.NET model are damaged: " + e.Message, e);
        }
    }

    private static T[] Many<T>(int count, Func<T> read)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = read();
        }

        return values;
    }
}
