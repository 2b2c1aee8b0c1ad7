using System.Text;

namespace TuneLab.Reporting.Markdown;

/// <summary>Escapes plain text for Markdown (CommonMark with tables).</summary>
internal static class MarkdownText
{
    /// <summary>Text that renders as itself, on one line, also in a table's cell.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n' or '\r' or '\t')
            {
                escaped.Append(' ');
                continue;
            }

            // an underscore inside a word is no emphasis; escaped, it would make every hyperparameter hard to read
            var special = c is '\\' or '`' or '*' or '[' or ']' or '<' or '>' or '|' or '~' or '&' or '$'
                || (c == '_' && !(i > 0 && i < text.Length - 1 && char.IsLetterOrDigit(text[i - 1]) && char.IsLetterOrDigit(text[i + 1])))
                || (i == 0 && c is '#' or '+' or '-' or '=' && text.Length > 1 && !char.IsAsciiDigit(text[1]))
                || (c is '.' or ')' && i > 0 && text.AsSpan(0, i).IndexOfAnyExceptInRange('0', '9') < 0 && i + 1 < text.Length && text[i + 1] == ' ');
            escaped.Append(special ? "\\" : "").Append(c);
        }

        return escaped.ToString().Trim();
    }

    /// <summary>A fence that the text can't close.</summary>
    public static string Fence(string text)
    {
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        return fence;
    }
}
