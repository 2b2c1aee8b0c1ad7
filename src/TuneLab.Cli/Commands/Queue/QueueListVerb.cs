using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Queue;

/// <summary><c>tunelab queue list</c>.</summary>
internal sealed class QueueListVerb : Verb
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private readonly Option<bool> _all = new("--all") { Description = "Those that ended more than a day ago too." };

    public override string Name => "list";

    public override string Description => "Lists the queue in the order in which it will run, each with what it waits for, and what ended within the last day.";

    public override string Example => "tunelab queue list\ntunelab queue list --json";

    /// <summary>Lists.</summary>
    public static int List(Invocation call, bool all)
    {
        var location = Stores.Locate(call, file: null);
        var time = call.Environment.Time;
        using IWorkStore store = File.Exists(location.Path) ? WorkStores.OpenExisting(call) : new MemoryWorkStore(time);
        var now = time.GetUtcNow();
        var permits = Permits.Of(call, WorkerFile.ReadOrDefault(call), store);
        var shown = store.Entries().Where(e => all || !e.Ended || now - e.Updated < Recent).ToList();
        if (call.Json)
        {
            call.WriteJson(json => QueueView.WriteJson(json, shown, store, permits, now));
        }
        else
        {
            QueueView.WriteText(call.Output, shown, store, permits, now);
        }

        return ExitCode.Done;
    }

    protected override void Declare(Command command) => command.Options.Add(_all);

    protected override int Run(Invocation call) => List(call, call.Value(_all));
}
