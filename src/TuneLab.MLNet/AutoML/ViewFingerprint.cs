using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace TuneLab.MLNet.AutoML;

/// <summary>A hash over names, types and values of all columns of ML.NET's data views.</summary>
internal static class ViewFingerprint
{
    /// <summary>SHA-256, 64 lower-case hex characters.</summary>
    /// <exception cref="NotSupportedException">A column holds values that are neither numbers, truth values, texts, dates, keys nor vectors of these.</exception>
    public static string Of(params IDataView[] views)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var view in views)
        {
            DataViewSchema.Column[] columns = [.. view.Schema.Where(c => !c.IsHidden)];
            Add(hash, "view");
            foreach (var column in columns)
            {
                Add(hash, column.Name);
                Add(hash, column.Type.ToString()!);
            }

            using var cursor = view.GetRowCursor(columns);
            var adders = Array.ConvertAll(columns, c => Adder(cursor, c, hash));
            while (cursor.MoveNext())
            {
                Array.ForEach(adders, add => add());
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Action Adder(DataViewRowCursor cursor, DataViewSchema.Column column, IncrementalHash hash)
    {
        var vector = column.Type is VectorDataViewType;
        var item = (column.Type as VectorDataViewType)?.ItemType.RawType ?? column.Type.RawType;
        return item == typeof(float) ? Plain<float>() : item == typeof(double) ? Plain<double>() : item == typeof(bool) ? Plain<bool>()
            : item == typeof(sbyte) ? Plain<sbyte>() : item == typeof(short) ? Plain<short>() : item == typeof(int) ? Plain<int>() : item == typeof(long) ? Plain<long>()
            : item == typeof(byte) ? Plain<byte>() : item == typeof(ushort) ? Plain<ushort>() : item == typeof(uint) ? Plain<uint>() : item == typeof(ulong) ? Plain<ulong>()
            : item == typeof(DateTime) ? Plain<DateTime>() : item == typeof(TimeSpan) ? Plain<TimeSpan>()
            : item == typeof(ReadOnlyMemory<char>) ? Each<ReadOnlyMemory<char>>(texts =>
            {
                foreach (var text in texts)
                {
                    Add(hash, text.Span);
                }
            })
            : throw new NotSupportedException($"The column '{column.Name}' holds values of type {column.Type}, which CacheTrials can't tell apart; leave it out of the data set.");

        Action Plain<T>()
            where T : struct => Each<T>(values => hash.AppendData(MemoryMarshal.AsBytes(values)));

        Action Each<T>(Take<T> take)
        {
            if (!vector)
            {
                var getter = cursor.GetGetter<T>(column);
                var value = new T[1];
                return () =>
                {
                    getter(ref value[0]);
                    take(value);
                };
            }

            var vectors = cursor.GetGetter<VBuffer<T>>(column);
            VBuffer<T> buffer = default;
            return () =>
            {
                vectors(ref buffer);
                var dense = new T[buffer.Length];
                buffer.CopyTo(dense);
                Add(hash, string.Create(CultureInfo.InvariantCulture, $"{dense.Length}"));
                take(dense);
            };
        }
    }

    private delegate void Take<T>(ReadOnlySpan<T> values);

    private static void Add(IncrementalHash hash, ReadOnlySpan<char> text)
    {
        Span<byte> length = stackalloc byte[4];
        BitConverter.TryWriteBytes(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(MemoryMarshal.AsBytes(text));
    }
}
