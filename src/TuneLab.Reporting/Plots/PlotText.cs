namespace TuneLab.Reporting.Plots;

/// <summary>How wide texts of a figure are, about: no font is at hand to ask, so letters are taken for rather wide ones.</summary>
internal static class PlotText
{
    private const double Latin = 7, OtherLetters = 9.6, FullWidth = 13.5;

    /// <summary>In drawing units.</summary>
    public static double Width(string text) => text.Sum(Width);

    /// <summary>The text, cut where it would be wider.</summary>
    public static string Cut(string text, double width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        var (kept, taken) = (0, Width('…'));
        while (kept < text.Length && taken + Width(text[kept]) <= width)
        {
            taken += Width(text[kept++]);
        }

        return text[..kept] + "…";
    }

    // East Asian letters are as wide as high
    private static double Width(char letter) => letter >= 0x2e80 ? FullWidth : letter > 0x24f && letter != '…' && letter != '×' ? OtherLetters : Latin;
}
