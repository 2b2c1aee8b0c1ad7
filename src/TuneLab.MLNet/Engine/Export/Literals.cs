using System.Text;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>Values as literals of ML.NET's expression language.</summary>
internal static class Literals
{
    /// <summary>A number in double precision.</summary>
    public static string Of(double value) => "(" + value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal) + "d)";

    /// <summary>A text, everything but letters and digits of ASCII escaped.</summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(char.IsAsciiLetterOrDigit(c) ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }

        return literal.Append('"').ToString();
    }
}
