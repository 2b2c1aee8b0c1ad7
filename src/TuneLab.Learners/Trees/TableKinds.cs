using TuneLab.Data.Encoding;
using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>Which features of a model are categories.</summary>
internal static class TableKinds
{
    /// <summary>[features]: whether a category, for the features of a binned table.</summary>
    public static bool[] Of(FeatureBins[] features) => Array.ConvertAll(features, f => f is CategoryBins);

    /// <summary>Checks that a table has the columns that a model was fitted on.</summary>
    /// <param name="table">Any rows.</param>
    /// <param name="categorical">[features]: which ones the model takes as categories.</param>
    /// <exception cref="ArgumentException">Another number of columns, or another kind.</exception>
    public static void Check(FeatureTable table, bool[] categorical)
    {
        if (table.Columns.Count != categorical.Length)
        {
            throw new ArgumentException($"The model was fitted on {categorical.Length} features; the table has {table.Columns.Count}.", nameof(table));
        }

        for (var f = 0; f < categorical.Length; f++)
        {
            if (!(categorical[f] ? table.Columns[f] is CategoricalFeature : table.Columns[f] is NumericFeature))
            {
                throw new ArgumentException($"Feature '{table.Columns[f].Name}' should be {(categorical[f] ? "categorical" : "numeric")}, as at fitting time.", nameof(table));
            }
        }
    }
}
