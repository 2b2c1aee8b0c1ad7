using TuneLab.Data.Encoding;
using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>A table's columns as arrays, checked against the kinds that a model was fitted on.</summary>
internal sealed class TableColumns
{
    /// <param name="table">Any rows.</param>
    /// <param name="categorical">[features]: which ones the model takes as categories.</param>
    /// <exception cref="ArgumentException">Another number of columns, or another kind.</exception>
    public TableColumns(FeatureTable table, bool[] categorical)
    {
        if (table.Columns.Count != categorical.Length)
        {
            throw new ArgumentException($"The model was fitted on {categorical.Length} features; the table has {table.Columns.Count}.", nameof(table));
        }

        (Numbers, Codes) = (new float[categorical.Length][], new int[categorical.Length][]);
        for (var f = 0; f < categorical.Length; f++)
        {
            switch (table.Columns[f])
            {
                case NumericFeature numeric when !categorical[f]:
                    Numbers[f] = numeric.Values;
                    break;
                case CategoricalFeature category when categorical[f]:
                    Codes[f] = category.Codes;
                    break;
                default:
                    throw new ArgumentException($"Feature '{table.Columns[f].Name}' should be {(categorical[f] ? "categorical" : "numeric")}, as at fitting time.", nameof(table));
            }
        }
    }

    /// <summary>[features][rows]; null for categories.</summary>
    public float[][] Numbers { get; }

    /// <summary>[features][rows]; null for numbers.</summary>
    public int[][] Codes { get; }

    /// <summary>Which features of a binned table are categories.</summary>
    public static bool[] Kinds(FeatureBins[] features) => Array.ConvertAll(features, f => f is CategoryBins);
}
