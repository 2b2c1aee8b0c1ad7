using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Trees.Compiled;

/// <summary>Codes a category by its class: codes that every node of the trees sends the same way are one class, unknown codes are one too.</summary>
internal sealed class CategoryPlanes : PlaneCoder
{
    private readonly int _feature;
    private readonly int _plane;
    private readonly byte[] _classes;

    /// <param name="feature">The feature.</param>
    /// <param name="plane">Its plane.</param>
    /// <param name="classes">[known codes + 1]: the class of each code, then that of unknown ones.</param>
    public CategoryPlanes(int feature, int plane, byte[] classes) => (_feature, _plane, _classes) = (feature, plane, classes);

    /// <inheritdoc/>
    public override void Code(FeatureTable table, int start, int count, Span<byte> planes, int stride)
    {
        var codes = ((CategoricalFeature)table.Columns[_feature]).Codes.AsSpan(start, count);
        var to = planes.Slice(_plane * stride, count);
        var unknown = (uint)_classes.Length - 1;
        for (var i = 0; i < codes.Length; i++)
        {
            to[i] = _classes[Math.Min((uint)codes[i], unknown)];
        }
    }
}
