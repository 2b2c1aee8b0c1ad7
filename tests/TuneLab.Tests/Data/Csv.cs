using System.Text;
using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Tests.Data;

/// <summary>CSV texts for the tests, all called <c>t.csv</c>.</summary>
internal static class Csv
{
    public static Dataset Read(string text, CsvOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static Dataset Read(byte[] bytes, CsvOptions? options = null)
    {
        using var stream = new MemoryStream(bytes);
        return CsvDatasetReader.Read(stream, "t.csv", options);
    }

    public static InputException Fault(string text, CsvOptions? options = null) => Assert.Throws<InputException>(() => Read(text, options));

    /// <summary>A file of one column <c>x</c> beside a column that keeps blank lines from being skipped.</summary>
    public static Column Column(IEnumerable<string> values, ColumnType? type = null, char separator = ',')
        => Read(string.Concat(values.Prepend("x").Select(v => v + separator + (v == "x" ? "other" : "1") + "\n")), new CsvOptions
        {
            Separator = separator,
            Header = true,
            Types = type is { } declared ? new Dictionary<string, ColumnType> { ["x"] = declared } : new Dictionary<string, ColumnType>(),
        })["x"];

    public static string[] Texts(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.Text)];

    public static double[] Numbers(Dataset data, string column) => ((NumberColumn)data[column]).Values;
}
