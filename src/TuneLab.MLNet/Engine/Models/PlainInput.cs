using Microsoft.ML;
using Microsoft.ML.Data;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Models;

/// <summary>A column that a model of another program's starts from, and the columns of a table that give its values.</summary>
/// <param name="Name">Its name in ML.NET's schema.</param>
/// <param name="Columns">The table's: itself, or the slots of a vector.</param>
/// <param name="Type">What their values are.</param>
internal sealed record PlainInput(string Name, IReadOnlyList<string> Columns, ColumnType Type)
{
    /// <summary>What a column of a schema needs.</summary>
    /// <exception cref="InputException">No table can hold such values.</exception>
    public static PlainInput Of(DataViewSchema.Column column, string source)
    {
        if (column.Type is VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType { RawType: var raw } } vector && raw == typeof(float))
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            if (column.HasSlotNames())
            {
                column.GetSlotNames(ref names);
                string[] slots = [.. names.DenseValues().Select(n => n.ToString())];
                if (slots.Length == vector.Size && slots.All(s => s.Length > 0) && slots.Distinct(StringComparer.Ordinal).Count() == slots.Length)
                {
                    return new PlainInput(column.Name, slots, ColumnType.Number);
                }
            }

            throw new InputException($"{source} starts from the vector '{column.Name}' of {vector.Size} numbers, whose columns it does not name.", "Save it with a schema of single columns, or of a vector with slot names.");
        }

        return new PlainInput(column.Name, [column.Name], column.Type switch
        {
            NumberDataViewType => ColumnType.Number,
            BooleanDataViewType => ColumnType.Boolean,
            TextDataViewType => ColumnType.Text,
            DateTimeDataViewType => ColumnType.Date,
            _ => throw new InputException($"{source} needs the column '{column.Name}' of type {column.Type}, which no table can hold.", "Save it with a schema of numbers, truth values, dates and texts."),
        });
    }

    /// <summary>A column that nothing is read from.</summary>
    public static ViewColumn Unused(DataViewSchema.Column column)
        => new(column.Name, column.Type, column.Annotations, _ => throw new InvalidOperationException($"The column '{column.Name}' is needed after all."));

    /// <summary>The table's values as ML.NET has them.</summary>
    public ViewColumn View(DataViewSchema.Column column, Dataset data)
        => new(column.Name, column.Type, column.Annotations, column.Type switch
        {
            VectorDataViewType => Vector([.. Columns.Select(c => Number(data, c))]),
            TextDataViewType => Values(Array.ConvertAll(((TextColumn)data[Name]).Values, t => t.AsMemory())),
            BooleanDataViewType => Values(Array.ConvertAll(((CategoryColumn)data[Name]).Codes, c => c > 0)),
            DateTimeDataViewType => Values(Array.ConvertAll(((DateColumn)data[Name]).Ticks, t => t == DateColumn.Missing ? default : new DateTime(t))),
            _ => Numbers(column.Type.RawType, Number(data, Name)),
        });

    private static double[] Number(Dataset data, string column) => ((NumberColumn)data[column]).Values;

    private static Func<FeatureView.Cursor, Delegate> Values<T>(T[] values) => cursor => (ValueGetter<T>)((ref T value) => value = values[cursor.Row]);

    private static Func<FeatureView.Cursor, Delegate> Vector(double[][] slots) => cursor => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
    {
        var editor = VBufferEditor.Create(ref value, slots.Length);
        for (var i = 0; i < slots.Length; i++)
        {
            editor.Values[i] = (float)slots[i][cursor.Row];
        }

        value = editor.Commit();
    });

    // whole numbers have no sign for a missing value: 0, as ML.NET's reader has it
    private static Func<FeatureView.Cursor, Delegate> Numbers(Type type, double[] values)
        => type == typeof(float) ? Values(Array.ConvertAll(values, v => (float)v))
            : type == typeof(double) ? Values(values)
            : type == typeof(int) ? Values(Whole<int>(values))
            : type == typeof(long) ? Values(Whole<long>(values))
            : type == typeof(short) ? Values(Whole<short>(values))
            : type == typeof(sbyte) ? Values(Whole<sbyte>(values))
            : type == typeof(byte) ? Values(Whole<byte>(values))
            : type == typeof(ushort) ? Values(Whole<ushort>(values))
            : type == typeof(uint) ? Values(Whole<uint>(values))
            : Values(Whole<ulong>(values));

    private static T[] Whole<T>(double[] values)
        where T : System.Numerics.INumber<T> => Array.ConvertAll(values, v => double.IsNaN(v) ? T.Zero : T.CreateSaturating(v));
}
