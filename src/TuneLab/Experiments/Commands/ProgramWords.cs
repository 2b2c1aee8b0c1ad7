using System.Diagnostics.CodeAnalysis;

namespace TuneLab.Experiments.Commands;

/// <summary>A program and its arguments on one line, without placeholders: words are parted by white space, quotes keep them together, a backslash is a backslash, and no shell reads it.</summary>
public static class ProgramWords
{
    /// <summary>Parts a line into its words.</summary>
    /// <param name="text">The line.</param>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="fault">What is wrong, as a sentence's end.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<string>? words, [NotNullWhen(false)] out string? fault)
    {
        var braced = text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        words = CommandLine.TryParse(braced, out var line, out fault) ? line.Fill(new Dictionary<string, string>()) : null;
        return words is not null;
    }
}
