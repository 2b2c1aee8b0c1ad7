using Microsoft.ML;
using Microsoft.ML.Data;

namespace TuneLab.MLNet.Engine.Features;

/// <summary>A column of a <see cref="FeatureView"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Annotations">What ML.NET is to know of its slots; null: nothing.</param>
/// <param name="Getter">A <see cref="ValueGetter{T}"/> of the type's values for the row of a cursor: asked once for each cursor.</param>
internal sealed record ViewColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations, Func<FeatureView.Cursor, Delegate> Getter)
{
    /// <summary>The slots of a matrix, or a range of them.</summary>
    public static ViewColumn Slots(string name, FeatureMatrix matrix, int first, int count, DataViewSchema.Annotations? annotations = null)
        => new(name, new VectorDataViewType(NumberDataViewType.Single, count), annotations,
            cursor => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => matrix.CopyTo(cursor.Row, first, count, ref value)));

    /// <summary>A vector for each row of the view.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Vectors of what <typeparamref name="T"/> is to ML.NET.</param>
    /// <param name="rows">The vectors.</param>
    public static ViewColumn Vectors<T>(string name, VectorDataViewType type, T[][] rows)
        => new(name, type, null, cursor => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => new VBuffer<T>(rows[cursor.Index].Length, rows[cursor.Index]).CopyTo(ref value)));

    /// <summary>A value for each row of the view.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What <typeparamref name="T"/> is to ML.NET.</param>
    /// <param name="values">In the order of the view's rows.</param>
    public static ViewColumn Values<T>(string name, DataViewType type, T[] values)
        => new(name, type, null, cursor => (ValueGetter<T>)((ref T value) => value = values[cursor.Index]));
}
