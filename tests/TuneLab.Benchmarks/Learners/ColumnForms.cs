using TuneLab.Data;
using TuneLab.Data.Encoding;

namespace TuneLab.Benchmarks.Learners;

/// <summary>The ways that a column becomes features here. The texts of a column that holds no numbers are coded by their place in ordinal order.</summary>
internal static class ColumnForms
{
    /// <summary>Numbers in single precision, codes as numbers, NaN where missing.</summary>
    public static IEnumerable<FeatureColumn> Ordinal(Column column)
    {
        yield return column is NumberColumn numbers
            ? new NumericFeature(column.Name, column.Name, Array.ConvertAll(numbers.Values, v => (float)v))
            : new NumericFeature(column.Name, column.Name, Array.ConvertAll(Codes(column).Codes, c => c < 0 ? float.NaN : c));
    }

    /// <summary>As <see cref="Ordinal"/>, with the median of all rows where a value is missing, for peers that can't do without.</summary>
    public static IEnumerable<FeatureColumn> Imputed(Column column)
    {
        var numbers = (NumericFeature)Ordinal(column).Single();
        var median = (float)Statistics.Median(numbers.Values.Where(v => !float.IsNaN(v)).Select(v => (double)v));
        yield return numbers with { Values = Array.ConvertAll(numbers.Values, v => float.IsNaN(v) ? median : v) };
    }

    /// <summary>Numbers as they are; codes as categories.</summary>
    public static IEnumerable<FeatureColumn> Native(Column column)
    {
        if (column is NumberColumn)
        {
            return Ordinal(column);
        }

        var (codes, levels) = Codes(column);
        return [new CategoricalFeature(column.Name, column.Name, codes, levels)];
    }

    /// <summary>Numbers as they are; a feature of 0 and 1 for each code.</summary>
    public static IEnumerable<FeatureColumn> OneHot(Column column)
    {
        if (column is NumberColumn)
        {
            return Ordinal(column);
        }

        var (codes, levels) = Codes(column);
        return Enumerable.Range(0, levels).Select(level => new NumericFeature(column.Name + "." + level, column.Name, Array.ConvertAll(codes, c => c == level ? 1f : 0f)));
    }

    private static (int[] Codes, int Levels) Codes(Column column)
    {
        var rows = Enumerable.Range(0, column.Count).ToArray();
        var codes = rows.Where(r => !column.IsMissing(r)).Select(column.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((text, code) => (text, code)).ToDictionary(t => t.text, t => t.code, StringComparer.Ordinal);
        return (Array.ConvertAll(rows, r => column.IsMissing(r) ? -1 : codes[column.Text(r)]), codes.Count);
    }
}
