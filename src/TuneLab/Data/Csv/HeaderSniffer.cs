namespace TuneLab.Data.Csv;

/// <summary>Tells whether the first record is a header.</summary>
internal static class HeaderSniffer
{
    /// <summary>
    /// Whether the first record names the columns: above numbers or dates it has something else, or no column has numbers and none of its texts comes again below.
    /// </summary>
    /// <param name="records">The first records, at least one.</param>
    /// <param name="missing">What stands for a missing value.</param>
    public static bool LooksLikeHeader(IReadOnlyList<string[]> records, MissingTokens missing)
    {
        var first = records[0];
        int named = 0, numbered = 0, repeated = 0;
        for (var column = 0; column < first.Length; column++)
        {
            var below = records.Skip(1).Where(r => column < r.Length && !IsMissing(r[column], missing)).Select(r => r[column]).ToList();
            if (below.Count > 0 && below.TrueForAll(IsValue))
            {
                named += IsValue(first[column]) || IsMissing(first[column], missing) ? 0 : 1;
                numbered += IsValue(first[column]) ? 1 : 0;
            }
            else
            {
                repeated += below.Contains(first[column]) ? 1 : 0;
            }
        }

        return named > 0 || (numbered == 0 && repeated == 0 && !Array.TrueForAll(first, IsValue));
    }

    private static bool IsMissing(string text, MissingTokens missing) => missing.Contains(System.Text.Encoding.UTF8.GetBytes(text));

    private static bool IsValue(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return NumberText.TryParse(bytes, (byte)'.', out _) || NumberText.TryParse(bytes, (byte)',', out _)
            || Array.Exists(Enum.GetValues<DateOrder>(), order => DateText.TryParse(bytes, order, out _, out _));
    }
}
