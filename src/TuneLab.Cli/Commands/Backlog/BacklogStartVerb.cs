using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments.Backlog;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands.Backlog;

/// <summary><c>tunelab backlog start</c>: an experiment file from a question.</summary>
internal sealed class BacklogStartVerb : Verb
{
    private readonly Argument<string> _which = new("N") { Description = "The item's number." };
    private readonly Option<string?> _data = Options.Text("--data", "DATA", "The table (CSV) that it is asked of; needs --label.");
    private readonly TableOptions _table = new("With --data: ");
    private readonly Option<string?> _from = Options.Text("--from", "FILE", "The experiment file that it is like. Default: the file that --setup named.");
    private readonly Option<string?> _out = Options.Text("--out", "FILE", "Where to write. Default: named by the question, beside the file of --from, else in the current folder.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there, or start an item again." };

    public override string Name => "start";

    public override string Description => "Writes an experiment file from an item of the backlog: its question, what is believed and expected, and how it is to be tried; on a table, or like another experiment file.";

    public override string Example => "tunelab backlog start 3 --data customers.csv --label churned\ntunelab backlog start 3 --from configs/churn.yaml -o configs/postcode.yaml";

    /// <summary>Whether a text names an experiment file that is there.</summary>
    public static bool IsFile(Invocation call, string text)
        => !text.Contains('\n', StringComparison.Ordinal) && ExperimentFiles.IsExperimentFile(text) && File.Exists(call.Environment.Resolve(text));

    protected override void Declare(Command command)
    {
        _out.Aliases.Add("-o");
        command.Arguments.Add(_which);
        command.Options.Add(_data);
        _table.AddTo(command);
        command.Options.Add(_from);
        command.Options.Add(_out);
        command.Options.Add(_force);
    }

    protected override int Run(Invocation call)
    {
        using var store = WorkStores.OpenExisting(call);
        var item = BacklogEdits.Find(store, call.Value(_which));
        if (item.Ended)
        {
            throw BacklogEdits.Ended(item);
        }

        if (item is { State: BacklogState.Started, File: { } before } && File.Exists(before) && !call.Value(_force))
        {
            throw new InputException($"Number {item.Id} was started already: {before}.", "Run that file, or start again with --force.");
        }

        var from = Source(call, item);
        var folder = from is null ? call.Environment.WorkingDirectory : Path.GetDirectoryName(from)!;
        var target = call.Value(_out) is { } named ? call.Environment.Resolve(named) : Path.Combine(folder, BacklogFile.NameOf(item) + ".yaml");
        TargetFile.Check(target, call.Value(_force));
        if (from == target)
        {
            throw new InputException($"'{target}' is the file to begin from.", "Name another with -o.");
        }

        ExperimentFiles.Write(target, from is not null ? BacklogFile.From(item, from, target) : OfTable(call, item, target));
        var started = BacklogEdits.Started(store, item, target);
        BacklogView.Tell(call, started, $"Wrote {target}.");
        call.Note($"Next: tunelab check {Path.GetRelativePath(call.Environment.WorkingDirectory, target)}");
        return ExitCode.Done;
    }

    private string? Source(Invocation call, BacklogItem item)
    {
        var (data, from) = (call.Value(_data), call.Value(_from));
        if (data is not null && from is not null)
        {
            throw new InputException("--data and --from are both given.", "Begin from a table or from an experiment file.");
        }

        if (data is null && _table.Given(call) is { Count: > 0 } given)
        {
            throw new InputException($"{string.Join(" and ", given)} {(given.Count == 1 ? "goes" : "go")} with --data, which is not given.", "Name the table with --data.");
        }

        return from is not null ? call.Environment.Resolve(from)
            : data is not null ? null
            : item.Setup is { } setup && IsFile(call, setup) ? call.Environment.Resolve(setup)
            : throw new InputException($"Number {item.Id} does not say which data it is asked of.", "Give --data DATA --label COLUMN, or --from with an experiment file that it is like.");
    }

    private string OfTable(Invocation call, BacklogItem item, string target)
    {
        var request = _table.Request(call, call.Value(_data)!) with { Folder = Path.GetDirectoryName(target)!, Name = Path.GetFileNameWithoutExtension(target) };
        return BacklogFile.ForTable(item, CsvDatasetReader.Read(request.DataFile), request, target);
    }
}
