using TuneLab.Cli.Commands;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Storage;

namespace TuneLab.Cli.Composition;

/// <summary>Finds the stored experiment that a word on the command line means: an experiment file, a number, a name, or nothing for the latest.</summary>
internal static class StoredExperiments
{
    /// <summary>What the argument is called in every help.</summary>
    public const string HelpName = "FILE|ID|NAME";

    /// <summary>Whether the word names an experiment file, so that the store is searched from its folder.</summary>
    public static bool IsFile(Invocation call, string? word)
        => word is not null && (Path.GetExtension(word).ToLowerInvariant() is ".yaml" or ".yml" or ".json" || File.Exists(call.Environment.Resolve(word)));

    /// <summary>Whether the word is an experiment's number.</summary>
    public static bool IsNumber(string word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>The experiment.</summary>
    /// <param name="call">The call.</param>
    /// <param name="store">The store.</param>
    /// <param name="word">What was typed, or null.</param>
    /// <exception cref="InputException">There is none; the message names the nearest.</exception>
    public static ExperimentRecord Find(Invocation call, ITrialStore store, string? word)
    {
        var all = store.Experiments();
        if (all.Count == 0)
        {
            throw new InputException($"The store {store.Location} holds no experiment yet.", "Run one first: tunelab run FILE.");
        }

        if (word is null)
        {
            return all.MaxBy(e => e.Updated)!;
        }

        if (IsNumber(word))
        {
            var id = long.Parse(word, CultureInfo.InvariantCulture);
            return all.FirstOrDefault(e => e.Id == id)
                ?? throw new InputException($"The store {store.Location} has no experiment number {word}.", $"It has {string.Join(", ", all.Select(e => e.Id + " (" + e.Name + ")"))}.");
        }

        var file = IsFile(call, word);
        var name = file ? PlanReader.ReadFile(call.Environment.Resolve(word)).Name : word;
        return all.Where(e => e.Name == name).MaxBy(e => e.Updated)
            ?? throw new InputException(
                $"The store {store.Location} has no experiment '{name}'.",
                file ? $"Run it first: tunelab run {word}." : Nearest.Hint(name, [.. all.Select(e => e.Name).Distinct()], "experiments there"));
    }
}
