using TuneLab.Data.Encoding;

namespace TuneLab.MLNet.Engine.Features;

/// <summary>Which slots of the feature vector a column of the table takes, and how its values get there.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="IsCategory">Whether it is a category: <paramref name="Cardinality"/> slots, one for each code.</param>
/// <param name="Cardinality">The number of codes; 0 for a number.</param>
/// <param name="First">Its first slot.</param>
/// <param name="Mark">The slot that says that the number was missing; -1: there is none.</param>
/// <param name="Fill">What a missing number is; NaN in the form that keeps them.</param>
/// <param name="Offset">What is subtracted from a number.</param>
/// <param name="Scale">What it is then multiplied by; 1 where nothing is scaled.</param>
internal readonly record struct ColumnLayout(string Name, bool IsCategory, int Cardinality, int First, int Mark, float Fill, float Offset, float Scale)
{
    /// <summary>Beyond this a scaled number is cut off: sums of products with it must stay finite.</summary>
    private const float Largest = 1e18f;

    /// <summary>The number that is scaled to 1: the other end of the range whose first end is <see cref="Offset"/>.</summary>
    public float End { get; init; }

    /// <summary>What stands in the slot of a number.</summary>
    public float Value(float raw)
    {
        var value = float.IsNaN(raw) ? Fill : Math.Clamp(raw, -float.MaxValue, float.MaxValue);
        return Scale == 1 && Offset == 0 ? value : Math.Clamp((value - Offset) * Scale, -Largest, Largest);
    }

    /// <summary>The layout of a column in a form, from the rows that it may look at; its slots are not given yet, a mark is 0 where it needs one.</summary>
    public static ColumnLayout Of(FeatureColumn column, FeatureForm form, int[] rows)
        => column is NumericFeature numeric ? Numeric(numeric, form, rows) : new(column.Name, true, ((CategoricalFeature)column).Cardinality, 0, -1, 0, 0, 1);

    /// <summary>Whether a column of a table is of this kind.</summary>
    public bool Fits(FeatureColumn column) => IsCategory ? column is CategoricalFeature c && c.Cardinality == Cardinality : column is NumericFeature;

    private static ColumnLayout Numeric(NumericFeature column, FeatureForm form, int[] rows)
    {
        if (form == FeatureForm.Raw)
        {
            return new(column.Name, false, 0, 0, -1, float.NaN, 0, 1);
        }

        var (count, sum) = (0, 0.0);
        foreach (var row in rows)
        {
            if (!float.IsNaN(column.Values[row]))
            {
                count++;
                sum += Math.Clamp(column.Values[row], -float.MaxValue, float.MaxValue);
            }
        }

        var mean = count == 0 ? 0 : sum / count;
        var (fill, mark) = ((float)mean, count < rows.Length ? 0 : -1);
        if (form == FeatureForm.Filled)
        {
            return new(column.Name, false, 0, 0, mark, fill, 0, 1);
        }

        var squares = 0.0;
        foreach (var row in rows)
        {
            var difference = float.IsNaN(column.Values[row]) ? 0 : Math.Clamp(column.Values[row], -float.MaxValue, float.MaxValue) - mean;
            squares += difference * difference;
        }

        // as ML.NET's normaliser computes it from the ends of a range, so that the model zip has the very same numbers
        var end = (float)(mean + Math.Sqrt(squares / Math.Max(1, rows.Length)));
        var scale = end > fill ? 1 / (end - fill) : 0;
        return new(column.Name, false, 0, 0, mark, fill, fill, scale > 0 && float.IsFinite(scale) ? scale : 0) { End = end };
    }
}
