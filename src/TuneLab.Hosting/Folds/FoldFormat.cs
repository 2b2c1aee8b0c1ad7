using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Training;

namespace TuneLab.Hosting.Folds;

/// <summary>A prepared fold as bytes, in this machine's byte order: written by one process, read by another of the same build, never kept.</summary>
internal static class FoldFormat
{
    private const byte Numbers = 0;
    private const byte Codes = 1;

    private static ReadOnlySpan<byte> Mark => "TLF1"u8;

    /// <summary>Writes a fold.</summary>
    /// <exception cref="IOException">The disk is full, say.</exception>
    public static void Write(Stream stream, PreparedFold fold)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write((int)fold.Task);
        writer.Write(fold.Outputs);
        writer.Write(fold.Table.RowCount);
        writer.Write(fold.Table.Columns.Count);
        foreach (var column in fold.Table.Columns)
        {
            writer.Write(column is NumericFeature ? Numbers : Codes);
            writer.Write(column.Name);
            writer.Write(column.Source);
            switch (column)
            {
                case NumericFeature number:
                    Array<float>(writer, number.Values);
                    break;
                case CategoricalFeature category:
                    writer.Write(category.Cardinality);
                    Array<int>(writer, category.Codes);
                    break;
                default:
                    throw new NotSupportedException($"A feature of type {column.GetType().Name} can't be handed to another process.");
            }
        }

        Array<double>(writer, fold.Target);
        writer.Write(fold.Weights is not null);
        Array<double>(writer, fold.Weights ?? []);
        Array<int>(writer, fold.Train);
        writer.Write(fold.Monotone.Count);
        foreach (var (source, direction) in fold.Monotone.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            writer.Write(source);
            writer.Write((int)direction);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no fold.</exception>
    /// <exception cref="EndOfStreamException">They end early.</exception>
    public static PreparedFold Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (!reader.ReadBytes(Mark.Length).AsSpan().SequenceEqual(Mark))
        {
            throw new InvalidDataException("The file handed to the trial's process holds no fold.");
        }

        var (task, outputs, rows) = ((LearningTask)reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var columns = new FeatureColumn[reader.ReadInt32()];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = Column(reader);
        }

        var target = Array<double>(reader);
        var weighted = reader.ReadBoolean();
        var weights = Array<double>(reader);
        var train = Array<int>(reader);
        var monotone = new Dictionary<string, MonotoneDirection>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            monotone.Add(reader.ReadString(), (MonotoneDirection)reader.ReadInt32());
        }

        return new PreparedFold(task, outputs, new FeatureTable(columns, rows), target, weighted ? weights : null, train) { Monotone = new ReadOnlyDictionary<string, MonotoneDirection>(monotone) };
    }

    private static FeatureColumn Column(BinaryReader reader)
    {
        var kind = reader.ReadByte();
        var (name, source) = (reader.ReadString(), reader.ReadString());
        if (kind == Numbers)
        {
            return new NumericFeature(name, source, Array<float>(reader));
        }

        var cardinality = reader.ReadInt32();
        return new CategoricalFeature(name, source, Array<int>(reader), cardinality);
    }

    private static void Array<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] Array<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
