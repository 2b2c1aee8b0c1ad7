using System.Text.RegularExpressions;

namespace TuneLab.Reporting.Html;

/// <summary>Texts as the page has them: a number and its unit stay on one line.</summary>
internal static partial class PageText
{
    public static string Of(string text) => NumberAndUnit().Replace(text, "\u00a0");

    [GeneratedRegex("(?<=[0-9]) (?=(?:s|%|min|h|folds?|repeats?)(?:\\W|$))|(?<=±) ", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAndUnit();
}
