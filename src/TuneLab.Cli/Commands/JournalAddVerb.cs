using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Storage;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab journal add</c>: a note.</summary>
internal sealed class JournalAddVerb : Verb
{
    private readonly Argument<string> _text = new("NOTE") { Description = "The note." };
    private readonly Option<string?> _about = Options.Text("--about", StoredExperiments.HelpName, "The experiment that it is about. Left out: none.");

    public override string Name => "add";

    public override string Description => "Adds a note to the journal.";

    public override string Example => "tunelab journal add \"tenure before 2020 is wrong\" --about churn";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_text);
        command.Options.Add(_about);
    }

    protected override int Run(Invocation call)
    {
        var text = call.Value(_text)!.Trim();
        if (text.Length == 0)
        {
            throw new InputException("The note is empty.", "Write what is to be remembered: tunelab journal add \"...\".");
        }

        var about = call.Value(_about);
        var location = Stores.Locate(call, StoredExperiments.IsFile(call, about) ? about : null);
        using var store = about is null ? SqliteTrialStore.Open(location.Path, call.Environment.Time) : Stores.OpenExisting(call, location);
        var record = about is null ? null : StoredExperiments.Find(call, store, about);
        store.AddNote(new JournalNote(record?.Id, text, call.Environment.Time.GetUtcNow()));
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("note", text);
                json.WriteString("experiment", record?.Name);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Note(record is null ? "Noted." : $"Noted about '{record.Name}'.");
        }

        return ExitCode.Done;
    }
}
