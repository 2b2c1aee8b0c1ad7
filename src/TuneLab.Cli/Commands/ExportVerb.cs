using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab export</c>: the model of an experiment, out of the store into a file.</summary>
internal sealed class ExportVerb : Verb
{
    private const string ModelBlob = "model.zip";

    private readonly Argument<string?> _which = new(StoredExperiments.HelpName)
    {
        Description = "The experiment. Left out: the latest one of the store.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _out = Options.Text("--out", "FILE", "Where to write the model. Default: model.zip in the current folder.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    public override string Name => "export";

    public override string Description => "Writes the best model of an experiment to a zip that 'tunelab predict' reads.";

    public override string Example => "tunelab export configs/churn.yaml -o churn-model.zip";

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
        var target = call.Environment.Resolve(call.Value(_out) ?? ModelBlob);
        TargetFile.Check(target, call.Value(_force));
        using var store = Stores.OpenExisting(call, Stores.Locate(call, StoredExperiments.IsFile(call, which) ? which : null));
        var record = StoredExperiments.Find(call, store, which);
        var zip = store.FindBlob(record.Id, ModelBlob)
            ?? throw new InputException($"The experiment '{record.Name}' has no model yet: it is {record.State.ToString().ToLowerInvariant()}.", "Run it to its end first: tunelab run FILE.");
        TargetFile.Write(target, stream => stream.Write(zip));
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("id", record.Id);
                json.WriteString("experiment", record.Name);
                json.WriteString("file", target);
                json.WriteNumber("bytes", zip.Length);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Output.WriteLine($"The model of '{record.Name}' is in {target} ({Words.Bytes(zip.Length)}).");
            call.Note($"Use it: tunelab predict {Path.GetRelativePath(call.Environment.WorkingDirectory, target)} DATA -o FILE");
        }

        return ExitCode.Done;
    }
}
