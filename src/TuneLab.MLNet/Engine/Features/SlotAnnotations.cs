using Microsoft.ML;
using Microsoft.ML.Data;

namespace TuneLab.MLNet.Engine.Features;

/// <summary>What ML.NET is told of the slots of a feature vector: their names, and which of them are one category.</summary>
internal static class SlotAnnotations
{
    /// <summary>The annotations of a layout's vector.</summary>
    public static DataViewSchema.Annotations Of(FeatureLayout layout)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var names = Array.ConvertAll(layout.Names(), n => n.AsMemory());
        builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, names));
        int[] ranges = [.. layout.Columns.Where(c => c.IsCategory && c.Cardinality > 0).SelectMany(c => new[] { c.First, c.First + c.Cardinality - 1 })];
        if (ranges.Length > 0)
        {
            builder.Add("CategoricalSlotRanges", new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2), (ref VBuffer<int> value) => value = new(ranges.Length, ranges));
        }

        return builder.ToAnnotations();
    }

    /// <summary>What the keys of a label stand for: the index of the class, as text.</summary>
    /// <param name="classes">By key, the first of which is 1.</param>
    public static DataViewSchema.Annotations Keys(int[] classes)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var names = Array.ConvertAll(classes, c => c.ToString(CultureInfo.InvariantCulture).AsMemory());
        builder.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, names));
        return builder.ToAnnotations();
    }
}
