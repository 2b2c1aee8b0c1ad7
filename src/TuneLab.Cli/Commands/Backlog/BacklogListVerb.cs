using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog list</c>.</summary>
internal sealed class BacklogListVerb : Verb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that are done or dropped too." };

    public override string Name => "list";

    public override string Description => "Lists the backlog: by impact over effort, then the oldest first.";

    public override string Example => "tunelab backlog list\ntunelab backlog list --all --json";

    /// <summary>The backlog of a call's store; empty where there is no store.</summary>
    public static IReadOnlyList<BacklogItem> Items(Invocation call)
    {
        if (!File.Exists(Stores.Locate(call, file: null).Path))
        {
            return [];
        }

        using var store = WorkStores.OpenExisting(call);
        return store.Items();
    }

    /// <summary>Lists.</summary>
    public static int List(Invocation call, bool all)
    {
        var items = Items(call);
        var shown = BacklogItem.Ranked(items.Where(i => !i.Ended)).Concat(all ? items.Where(i => i.Ended).OrderByDescending(i => i.Updated) : []).ToList();
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartArray();
                shown.ForEach(i => BacklogView.WriteJson(json, i));
                json.WriteEndArray();
            });
        }
        else if (shown.Count == 0)
        {
            call.Output.WriteLine(items.Count == 0 ? "The backlog is empty. Add to it with: tunelab backlog add \"QUESTION\"" : "Nothing is open in the backlog; --all shows what is done or dropped.");
        }
        else
        {
            BacklogView.WriteTable(call.Output, shown, call.Environment.Time.LocalTimeZone);
        }

        return ExitCode.Done;
    }

    protected override void Declare(Command command) => command.Options.Add(_all);

    protected override int Run(Invocation call) => List(call, call.Value(_all));
}
