namespace TuneLab.Experiments.Output;

/// <summary>How values stand in the CSV files that are written.</summary>
internal static class CsvText
{
    /// <summary>With round trip; empty for NaN.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>In quotes where it needs them.</summary>
    public static string Quote(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
}
