using TuneLab.Data;
using TuneLab.Data.Encoding;

namespace TuneLab.Tests.Encoders;

/// <summary>What the tests of the encoders share.</summary>
internal static class EncodingTest
{
    public static int[] AllRows(Column column) => [.. Enumerable.Range(0, column.Count)];

    public static Dataset Table(params Column[] columns) => new("table.csv", columns);

    public static CategoryColumn Categories(string name, params string?[] texts)
    {
        string[] levels = [.. texts.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new CategoryColumn(name, Array.ConvertAll(texts, t => t is null ? -1 : Array.IndexOf(levels, t)), levels);
    }

    public static CategoryColumn Booleans(string name, params bool?[] values)
        => new(name, Array.ConvertAll(values, v => v is null ? -1 : v.Value ? 1 : 0), ["no", "yes"], ColumnType.Boolean);

    public static DateColumn Dates(string name, params string?[] texts)
        => new(name, Array.ConvertAll(texts, t => t is null ? DateColumn.Missing : DateTime.Parse(t, System.Globalization.CultureInfo.InvariantCulture).Ticks));

    public static FeatureTable FitTransform(params Column[] columns)
        => FeatureEncoder.Fit(columns, AllRows(columns[0])).Transform(Table(columns));

    public static float[] Numbers(FeatureTable table, string name) => ((NumericFeature)table.Columns.Single(c => c.Name == name)).Values;

    public static CategoricalFeature Codes(FeatureTable table, string name) => (CategoricalFeature)table.Columns.Single(c => c.Name == name);

    public static FeatureEncoding Reload(FeatureEncoding encoding)
    {
        using var stream = new MemoryStream();
        encoding.Save(new BinaryWriter(stream));
        stream.Position = 0;
        var loaded = FeatureEncoding.Load(new BinaryReader(stream));
        Assert.Equal(stream.Length, stream.Position);
        return loaded;
    }

    public static void Same(FeatureTable expected, FeatureTable actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        Assert.Equal(expected.Columns.Select(c => (c.GetType(), c.Name, c.Source)), actual.Columns.Select(c => (c.GetType(), c.Name, c.Source)));
        foreach (var (a, b) in expected.Columns.Zip(actual.Columns))
        {
            if (a is NumericFeature number)
            {
                Assert.Equal(number.Values, ((NumericFeature)b).Values);
            }
            else
            {
                Assert.Equal(((CategoricalFeature)a).Codes, ((CategoricalFeature)b).Codes);
                Assert.Equal(((CategoricalFeature)a).Cardinality, ((CategoricalFeature)b).Cardinality);
            }
        }
    }
}
