using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Experiments.Journal;
using TuneLab.Storage;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab journal</c>: what is known.</summary>
internal sealed class JournalVerb : Verb
{
    private readonly Argument<string[]> _words = new("WORD")
    {
        Description = "Only entries that have all these words. Left out: all entries.",
        Arity = new ArgumentArity(0, 50),
    };

    public override string Name => "journal";

    public override string Description => "Lists every question that was answered, with verdict, effect, data and winner, and the notes in between; newest first.";

    public override string Example => "tunelab journal\ntunelab journal churn boosting";

    protected override IReadOnlyList<Verb> Parts => [new JournalAddVerb()];

    protected override void Declare(Command command) => command.Arguments.Add(_words);

    protected override int Run(Invocation call)
    {
        var words = call.Value(_words) ?? [];
        var location = Stores.Locate(call, file: null);
        using var store = File.Exists(location.Path) ? Stores.OpenExisting(call, location) : new MemoryTrialStore(call.Environment.Time);
        var entries = JournalReader.Read(store, words);
        if (call.Json)
        {
            call.WriteJson(json => JournalView.WriteJson(entries, json));
        }
        else if (entries.Count == 0)
        {
            call.Output.WriteLine(words.Length == 0 ? "Nothing is known yet: no experiment has come to its end, and there is no note." : $"No entry has {string.Join(" and ", words.Select(w => "'" + w + "'"))}.");
        }
        else
        {
            JournalView.WriteText(entries, call.Output);
        }

        return ExitCode.Done;
    }
}
