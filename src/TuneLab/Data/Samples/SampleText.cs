namespace TuneLab.Data.Samples;

/// <summary>How samples write values.</summary>
internal static class SampleText
{
    /// <summary>Seven significant digits: enough for scores, the same on every machine, and half the file.</summary>
    public static string Number(double value) => value.ToString("G7", CultureInfo.InvariantCulture);

    /// <summary>That many decimals.</summary>
    public static string Fixed(double value, int decimals) => Math.Round(value, decimals).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A whole number.</summary>
    public static string Whole(double value) => Math.Round(value).ToString("F0", CultureInfo.InvariantCulture);
}
