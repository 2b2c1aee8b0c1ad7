using System.Text.Encodings.Web;
using System.Text.Json;

namespace TuneLab.Data;

/// <summary>Writes texts as YAML scalars.</summary>
internal static class YamlScalar
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Reserved = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

    /// <summary>The text, quoted unless it is plainly a name or a path.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>The text in double quotes: a JSON string is a YAML one.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, Json);

    private static bool IsPlain(string text)
        => text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '.') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/')
        && text.Any(char.IsAsciiLetter) && !Reserved.Contains(text.ToLowerInvariant());
}
