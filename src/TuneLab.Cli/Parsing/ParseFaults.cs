using System.CommandLine;
using System.CommandLine.Parsing;
using TuneLab.Errors;

namespace TuneLab.Cli.Parsing;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class ParseFaults
{
    /// <summary>A word that an argument took although it looks like an option: a mistyped one.</summary>
    public static string? MistypedOption(ParseResult parsed)
        => parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).FirstOrDefault(IsOption);

    /// <summary>The error for a command line that could not be parsed.</summary>
    public static InputException Explain(ParseResult parsed, Command root)
    {
        var command = parsed.CommandResult.Command;
        var name = Name(parsed.CommandResult);
        var help = $"'{name} --help' shows what there is.";
        if ((MistypedOption(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null)) is { } unknown)
        {
            return Unknown(unknown, command, name, root, help);
        }

        if (command == root)
        {
            return new InputException("No verb is given.", Nearest.Hint("", Verbs(root), "verbs"));
        }

        var error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            CommandResult when command.Arguments.FirstOrDefault(a => parsed.GetResult(a) is null or { Tokens.Count: 0 }) is { } missing => Missing(missing, name),
            ArgumentResult { Tokens.Count: 0 } result when command.Arguments.Contains(result.Argument) => Missing(result.Argument, name),
            OptionResult { Tokens.Count: 0 } result => new InputException($"The option '{result.Option.Name}' needs a value.", help),
            OptionResult { Tokens.Count: > 1 } result when result.Option.Arity.MaximumNumberOfValues == 1
                => new InputException($"The option '{result.Option.Name}' is given {result.Tokens.Count} times; it takes one value.", help),
            _ => new InputException(error.Message, help),
        };
    }

    private static InputException Missing(Argument argument, string name)
        => new($"'{name}' needs {argument.HelpName ?? argument.Name}: {Lower(argument.Description)}", $"'{name} --help' shows an example.");

    private static InputException Unknown(string token, Command command, string name, Command root, string help)
    {
        if (IsOption(token))
        {
            var options = command.Options.Concat(root.Options.Where(o => o.Recursive)).Where(o => !o.Hidden).Select(o => o.Name).Distinct().ToList();
            return new InputException($"There is no option '{token}' of '{name}'.", Sentence(Nearest.Hint(token, options, "options")));
        }

        return command == root
            ? new InputException($"There is no verb '{token}'.", Sentence(Nearest.Hint(token, Verbs(root), "verbs")))
            : new InputException($"'{token}' is one word too many for '{name}'.", help + " A value with spaces needs quotes.");
    }

    // as it is typed: 'tunelab backlog add'
    private static string Name(CommandResult result) => result.Parent is CommandResult parent ? Name(parent) + " " + result.Command.Name : result.Command.Name;

    private static IReadOnlyList<string> Verbs(Command root) => [.. root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static string Sentence(string hint) => char.ToUpperInvariant(hint[0]) + hint[1..];

    private static string Lower(string? description) => string.IsNullOrEmpty(description) ? "" : char.ToLowerInvariant(description[0]) + description[1..];
}
