using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Experiments.Backlog;
using TuneLab.Storage;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog done</c>.</summary>
internal sealed class BacklogDoneVerb : Verb
{
    private readonly Argument<string> _which = new("N") { Description = "The item's number." };
    private readonly Option<string?> _answer = Options.Text("--answer", "TEXT", "The answer, in words.");
    private readonly Option<string?> _by = Options.Text("--by", StoredExperiments.HelpName, "The experiment that answered it; its verdict is kept with it.");

    public override string Name => "done";

    public override string Description => "Marks an item of the backlog as answered.";

    public override string Example => "tunelab backlog done 3 --by churn\ntunelab backlog done 3 --answer \"no: the postcode is a copy of the region\"";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_which);
        command.Options.Add(_answer);
        command.Options.Add(_by);
    }

    protected override int Run(Invocation call)
    {
        using var store = WorkStores.OpenExisting(call);
        var item = BacklogEdits.Find(store, call.Value(_which));
        var parts = new[] { BacklogOptions.OneLine(call.Value(_answer) ?? ""), call.Value(_by) is { } by ? Verdict(call, by) : "" };
        var done = BacklogEdits.Done(store, item, string.Join(" ", parts.Where(p => p.Length > 0)));
        BacklogView.Tell(call, done, $"Done: number {done.Id}.");
        return ExitCode.Done;
    }

    private static string Verdict(Invocation call, string word)
    {
        using var trials = Stores.OpenExisting(call, Stores.Locate(call, file: null));
        var record = StoredExperiments.Find(call, trials, word);
        return record.State == ExperimentState.Finished
            ? $"By {record.Name} (experiment {record.Id}): {record.Reason}"
            : throw new InputException($"'{record.Name}' has no answer yet: it is {record.State.ToString().ToLowerInvariant()}.", "Let it come to its end, or say the answer with --answer.");
    }
}
