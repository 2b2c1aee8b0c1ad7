using TuneLab.Errors;

namespace TuneLab.Experiments.Commands;

/// <summary>What a plan's <c>run</c>, <c>space</c> and <c>rounds</c> owe each other.</summary>
internal static class CommandRules
{
    public const string Rows = "rows";
    public const string Rounds = "rounds";
    public const string Seed = "seed";

    /// <summary>Placeholders that are no parameters.</summary>
    public static IReadOnlyList<string> Reserved { get; } = [Rows, Rounds, Seed];

    /// <summary>Why an expectation can't be decided for a program; null when it can.</summary>
    public static string? ExpectationFault(Expectation expect)
        => expect.Metric is not null ? "'expect.metric' is for metrics of a table; a program is judged by its score."
            : expect.Within is not null || expect.FasterBy is not null || expect.Trainer is not null ? "A program is judged by 'expect.beats: default' or 'expect.at_least'; 'within', 'faster_by' and 'trainer' are for trainers."
            : expect.Beats is not (null or Expectation.Default) ? $"'expect.beats' is '{expect.Beats}', but a program has one rival only: default, the configuration that its space starts from."
            : null;

    /// <summary>The faults: the key of the file that each belongs to (<c>run</c>, <c>rounds</c>, or <c>space</c> with a parameter's name), and the sentence.</summary>
    public static IEnumerable<(string Key, string? Parameter, string Text)> Faults(string run, int? rounds, IReadOnlyDictionary<string, ParameterEdit> space)
    {
        if (space.Values.All(e => e.Fixed is not null))
        {
            yield return ("space", null, "'space' has nothing to search: it needs at least one parameter with bounds or choices.");
        }

        foreach (var name in space.Keys.Where(n => Reserved.Contains(n) || !CommandLine.IsName(n)))
        {
            yield return ("space", name, Reserved.Contains(name)
                ? $"'space.{name}' can't be a parameter: {{{name}}} is what TuneLab fills in itself; call it something else."
                : $"'space.{name}' can't be a placeholder: a name has letters, digits, underscores, points and hyphens, and begins with a letter.");
        }

        if (!CommandLine.TryParse(run, out var line, out var fault))
        {
            yield return ("run", null, $"'run' can't be read: {fault}.");
            yield break;
        }

        string[] known = [.. space.Keys, .. Reserved];
        foreach (var unknown in line.Placeholders.Where(p => !known.Contains(p)))
        {
            yield return ("run", null, $"'run' has the placeholder {{{unknown}}}, which is no parameter of 'space'; " + Nearest.Hint(unknown, known, "placeholders"));
        }

        foreach (var unused in space.Keys.Where(n => !Reserved.Contains(n) && !line.Placeholders.Contains(n)))
        {
            yield return ("space", unused, $"'space.{unused}' is not in 'run', so it would change nothing; write {{{unused}}} there.");
        }

        if (line.Placeholders.Contains(Rounds) != rounds is not null)
        {
            yield return rounds is null
                ? ("run", null, "'run' has {rounds}, which needs the key 'rounds': how many the program is to do.")
                : ("rounds", null, "'rounds' is not in 'run', so it would change nothing; write {rounds} there.");
        }
    }
}
