using System.Text;

namespace TuneLab.MLNet.Code;

/// <summary>Names of C# from names of experiments and columns, and texts as literals.</summary>
internal static class CodeNames
{
    /// <summary>Words in capitals: <c>customer since</c> becomes <c>CustomerSince</c>. Never a keyword, since those are in small letters.</summary>
    /// <param name="name">Anything.</param>
    /// <param name="fallback">Where no letter or digit is in it.</param>
    public static string Of(string name, string fallback)
    {
        var result = new StringBuilder();
        var begins = true;
        foreach (var c in name.Normalize(NormalizationForm.FormC))
        {
            if (!char.IsLetterOrDigit(c))
            {
                begins = true;
                continue;
            }

            result.Append(begins ? char.ToUpperInvariant(c) : c);
            begins = false;
        }

        if (result.Length == 0)
        {
            return fallback;
        }

        // a digit can't begin a name, and letters without capitals might spell a keyword
        return char.IsDigit(result[0]) || char.IsLower(result[0]) ? "_" + result : result.ToString();
    }

    /// <summary>The names made distinct by a number behind the later ones.</summary>
    /// <param name="names">In their order.</param>
    /// <param name="taken">Names that are none of theirs.</param>
    public static string[] Distinct(IEnumerable<string> names, params string[] taken)
    {
        var seen = new HashSet<string>(taken, StringComparer.Ordinal);
        return [.. names.Select(name =>
        {
            var distinct = name;
            for (var i = 2; !seen.Add(distinct); i++)
            {
                distinct = name + "_" + i.ToString(CultureInfo.InvariantCulture);
            }

            return distinct;
        })];
    }

    /// <summary>A text as a literal of C#.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }
}
