using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Output;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab report</c>: the report of an experiment again, from the store alone.</summary>
internal sealed class ReportVerb : Verb
{
    private readonly Argument<string?> _which = new(StoredExperiments.HelpName)
    {
        Description = "The experiment. Left out: the latest one of the store.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _out = Options.Text("--out", "FILE", "Write the whole report into this file: .html or .md. Left out: the answer in short on the console.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace a file that is there." };

    public override string Name => "report";

    public override string Description => "Shows the answer of an experiment again, or writes its report into a file: from the store alone, without its data.";

    public override string Example => "tunelab report churn\ntunelab report churn -o churn.html";

    protected override void Declare(Command command)
    {
        _out.Aliases.Add("-o");
        command.Arguments.Add(_which);
        command.Options.Add(_out);
        command.Options.Add(_force);
    }

    protected override int Run(Invocation call)
    {
        var which = call.Value(_which);
        using var store = Stores.OpenExisting(call, Stores.Locate(call, StoredExperiments.IsFile(call, which) ? which : null));
        var record = StoredRun.Read(store, StoredExperiments.Find(call, store, which), EngineCatalog.Create());
        if (call.Value(_out) is { } file)
        {
            Write(call, record, call.Environment.Resolve(file));
        }
        else if (call.Json)
        {
            call.Output.WriteLine(ResultJson.Write(record.Result));
        }
        else
        {
            RunViews.WriteAnswer(record, call.Output);
        }

        return ExitCode.Done;
    }

    private void Write(Invocation call, RunRecord record, string path)
    {
        var writer = RunViews.ReportFor(path) ?? throw new InputException($"'{Path.GetFileName(path)}' ends with neither .html nor .md.", "Name the file so that it says which form is wanted.");
        TargetFile.Check(path, call.Value(_force));
        TargetFile.Write(path, stream => writer.Write(record, stream));
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("experiment", record.Result.Experiment);
                json.WriteString("file", path);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Output.WriteLine($"The report of '{record.Result.Experiment}' is in {path}.");
        }
    }
}
