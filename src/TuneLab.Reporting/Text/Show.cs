using TuneLab.Experiments;

namespace TuneLab.Reporting.Text;

/// <summary>Numbers as people read them: four significant digits, no culture. Files that machines read have all digits and do not come here.</summary>
internal static class Show
{
    /// <summary>What stands where there is no number; the reason stands beside it or below the table.</summary>
    public const string Nothing = "–";

    /// <summary>Four significant digits, never fewer than the digits before the point; tiny and huge numbers with an exponent.</summary>
    public static string Number(double value) => !double.IsFinite(value) ? NotFinite(value)
        : IsPlain(value) ? Fixed(value, Decimals(value))
        : value.ToString("0.###e+0", CultureInfo.InvariantCulture);

    /// <summary>The same without zeros at the end: for hyperparameters.</summary>
    public static string Short(double value)
    {
        var text = Number(value);
        return text.Contains('.', StringComparison.Ordinal) && !text.Contains('e', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>A difference with its sign.</summary>
    public static string Signed(double value) => double.IsNaN(value) ? Nothing : (value > 0 ? "+" : "") + Number(value);

    /// <summary>A difference of two scores with its sign, in as many decimals as the scores are shown with.</summary>
    /// <param name="value">The difference.</param>
    /// <param name="score">One of the scores.</param>
    public static string Signed(double value, double score)
    {
        var text = IsPlain(score) ? Fixed(value, Decimals(score)) : Number(value);
        return value == 0 || double.IsNaN(value) || !text.Any(c => c is >= '1' and <= '9') ? Signed(value) : (value > 0 ? "+" : "") + text;
    }

    /// <summary>Mean, spread and count: <c>0.8451 ± 0.0123 (5 folds)</c>.</summary>
    public static string Score(ScoreSummary? score, string unit)
    {
        if (score is null)
        {
            return Nothing;
        }

        var spread = score.Std is { } std && double.IsFinite(std) && IsPlain(score.Mean) ? " ± " + Fixed(std, Decimals(score.Mean)) : "";
        return $"{Number(score.Mean)}{spread} ({Count(score.Count, unit)})";
    }

    /// <summary>A score with its interval: <c>0.8512 [0.8301, 0.8703]</c>.</summary>
    public static string Score(HoldoutScore? score) => score is null ? Nothing
        : IsPlain(score.Value) ? $"{Number(score.Value)} [{Fixed(score.Low, Decimals(score.Value))}, {Fixed(score.High, Decimals(score.Value))}]"
        : $"{Number(score.Value)} [{Number(score.Low)}, {Number(score.High)}]";

    /// <summary>A whole number with thousands parted: <c>12,345</c>.</summary>
    public static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary><c>1 fold</c>, <c>5 folds</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="unit">The singular; an s makes the plural.</param>
    public static string Count(long count, string unit) => Whole(count) + " " + unit + (count == 1 ? "" : "s");

    /// <summary><c>20 %</c>, <c>2.5 %</c>.</summary>
    public static string Percent(double fraction) => (fraction * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary><c>0.42 s</c>, <c>12.3 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Seconds(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            return Nothing;
        }

        if (seconds < 60)
        {
            return seconds.ToString(seconds < 1 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";
        }

        var whole = (long)Math.Round(seconds);
        return whole < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60} min {whole % 60} s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600} h {whole % 3600 / 60} min");
    }

    /// <summary>Fixed decimals.</summary>
    public static string Fixed(double value, int decimals) => double.IsFinite(value) ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : NotFinite(value);

    private static bool IsPlain(double value) => value == 0 || Math.Abs(value) is >= 1e-4 and < 1e9;

    private static int Decimals(double value) => value == 0 ? 0 : Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 7);

    private static string NotFinite(double value) => double.IsNaN(value) ? Nothing : value > 0 ? "∞" : "-∞";
}
