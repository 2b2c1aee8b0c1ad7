using System.CommandLine;
using System.CommandLine.Parsing;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Files.Shapes;

namespace TuneLab.Cli.Parsing;

/// <summary>Makes options whose faults say what is allowed.</summary>
internal static class Options
{
    /// <summary>A text.</summary>
    public static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static Option<int?> Whole(string name, string value, int low, string description, int high = int.MaxValue) => new(name)
    {
        HelpName = value,
        Description = description,
        CustomParser = result => int.TryParse(Token(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number
            : Fault<int?>(result, $"{name} is '{Token(result)}'; allowed is a whole number {Range(low, high)}."),
    };

    /// <summary>A duration: a number with s, m, h or d.</summary>
    public static Option<TimeSpan?> Duration(string name, string value, string description) => new(name)
    {
        HelpName = value,
        Description = description,
        CustomParser = result => ParseDuration(Token(result)) ?? Fault<TimeSpan?>(result, $"{name} is '{Token(result)}'; allowed is a duration such as 90s, 5m, 2h or 1d."),
    };

    /// <summary>An amount of memory: a number with B, KB, MB, GB or TB, in units of 1024.</summary>
    public static Option<long?> Memory(string name, string description) => new(name)
    {
        HelpName = "AMOUNT",
        Description = description,
        CustomParser = result => new MemoryShape().TryRead(new ScalarNode(name, FilePlace.OfLine(name, 1), Token(result), quoted: false), new ReadContext(new FaultList(name), "", ""), out var bytes)
            ? bytes
            : Fault<long?>(result, $"{name} is '{Token(result)}'; allowed is {new MemoryShape().Allowed}."),
    };

    /// <summary>One of some words.</summary>
    public static Option<string?> OneOf(string name, string[] words, string description) => new(name)
    {
        HelpName = string.Join('|', words),
        Description = description,
        CustomParser = result => words.Contains(Token(result)) ? Token(result) : Fault<string?>(result, $"{name} is '{Token(result)}'; allowed is {string.Join(", ", words[..^1])} or {words[^1]}."),
    };

    private static string Range(int low, int high)
        => high == int.MaxValue ? "of at least " + low.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}");

    private static TimeSpan? ParseDuration(string text)
    {
        var seconds = text.Length == 0 ? 0 : text[^1] switch { 's' => 1.0, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        return seconds > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * seconds < 1e9
            ? TimeSpan.FromSeconds(number * seconds)
            : null;
    }

    private static string Token(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;

    private static T? Fault<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
