using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Work;

/// <summary><c>tunelab work alerts</c>: what was told, and what did not arrive.</summary>
internal sealed class WorkAlertsVerb : Verb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those of more than a week ago too." };

    public override string Name => "alerts";

    public override string Description => "Lists the alerts of the last week: what was delivered, what waits for another attempt, what was given up and why.";

    public override string Example => "tunelab work alerts\ntunelab work alerts --all --json";

    protected override void Declare(Command command) => command.Options.Add(_all);

    protected override int Run(Invocation call)
    {
        using IWorkStore store = File.Exists(Stores.Locate(call, file: null).Path) ? WorkStores.OpenExisting(call) : new MemoryWorkStore(call.Environment.Time);
        var rows = AlertView.Rows(store, call.Environment.Time.GetUtcNow(), call.Value(_all));
        if (call.Json)
        {
            call.WriteJson(json => AlertView.WriteJson(json, rows));
        }
        else if (rows.Count == 0)
        {
            call.Output.WriteLine(call.Value(_all) ? "Nobody was told of anything yet." : "Nobody was told of anything within the last week.");
        }
        else
        {
            AlertView.WriteTable(call.Output, rows, Permits.Of(call));
        }

        return ExitCode.Done;
    }
}
