using System.CommandLine;
using System.Text.Json;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments.Exporting;
using TuneLab.Storage;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab export</c>: the model of an experiment, out of the store into a file.</summary>
internal sealed class ExportVerb : Verb
{
    private const string ModelBlob = "model.zip";
    private const string BestBlob = "best.json";

    private readonly Argument<string?> _which = new(StoredExperiments.HelpName)
    {
        Description = "The experiment. Left out: the latest one of the store.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _out = Options.Text("--out", "FILE", "Where to write the model. Default: model.zip (of a program best.json) in the current folder.");
    private readonly Option<string?> _code = Options.Text("--code", "FOLDER", "Write a small console project that loads the model with ML.NET alone, with the model beside it. For winners of ML.NET's trainers.");
    private readonly Option<string?> _format = Options.OneOf("--format", ["model", "csv", "mlflow"], "What to write: the model (default); trials.csv, evaluations.csv and result.json; or the runs as a folder of MLflow's file store. The last two go into the folder that --out names.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that are there." };

    public override string Name => "export";

    public override string Description => "Writes the best model of an experiment to a zip that 'tunelab predict' reads; with --code a C# program around it. Of a tuned program: its best configuration.";

    public override string Example => "tunelab export configs/churn.yaml -o churn-model.zip\ntunelab export churn --code churn-app\ntunelab export churn --format mlflow -o mlruns";

    protected override void Declare(Command command)
    {
        _out.Aliases.Add("-o");
        command.Arguments.Add(_which);
        command.Options.Add(_out);
        command.Options.Add(_code);
        command.Options.Add(_format);
        command.Options.Add(_force);
    }

    protected override int Run(Invocation call)
    {
        if (call.Value(_out) is not null && call.Value(_code) is not null)
        {
            throw new InputException("--code can't be given with --out.", "Leave --out away: the model lies in the project's folder.");
        }

        var which = call.Value(_which);
        using var store = Stores.OpenExisting(call, Stores.Locate(call, StoredExperiments.IsFile(call, which) ? which : null));
        var record = StoredExperiments.Find(call, store, which);
        if (call.Value(_format) is { } format && format != "model")
        {
            WriteFolder(call, store, record, format);
            return ExitCode.Done;
        }

        if (store.FindBlob(record.Id, BestBlob) is { } best)
        {
            WriteBest(call, record, best);
            return ExitCode.Done;
        }

        var target = call.Environment.Resolve(call.Value(_out) ?? ModelBlob);
        if (call.Value(_code) is null)
        {
            TargetFile.Check(target, call.Value(_force));
        }

        var zip = store.FindBlob(record.Id, ModelBlob)
            ?? throw new InputException($"The experiment '{record.Name}' has no model yet: it is {record.State.ToString().ToLowerInvariant()}.", "Run it to its end first: tunelab run FILE.");
        if (call.Value(_code) is { } folder)
        {
            WriteProject(call, record, zip, call.Environment.Resolve(folder));
            return ExitCode.Done;
        }

        TargetFile.Write(target, stream => stream.Write(zip));
        if (call.Json)
        {
            WriteJson(call, record, json =>
            {
                json.WriteString("file", target);
                json.WriteNumber("bytes", zip.Length);
            });
        }
        else
        {
            call.Output.WriteLine($"The model of '{record.Name}' is in {target} ({Words.Bytes(zip.Length)}).");
            call.Note($"Use it: tunelab predict {Shown(call, target)} DATA -o FILE");
        }

        return ExitCode.Done;
    }

    private void WriteFolder(Invocation call, ITrialStore store, ExperimentRecord record, string format)
    {
        var folder = call.Environment.Resolve(call.Value(_out) ?? (format == "mlflow" ? "mlruns" : record.Name));
        Make(folder);
        IReadOnlyList<string> written = format == "mlflow" ? [MlflowExport.Write(store, record, folder)] : TablesExport.Write(store, record, folder);
        if (call.Json)
        {
            WriteJson(call, record, json =>
            {
                json.WriteString("folder", folder);
                json.WriteTexts("files", written);
            });
            return;
        }

        call.Output.WriteLine($"'{record.Name}' is in {folder}: {string.Join(", ", written.Select(f => Path.GetRelativePath(folder, f)))}.");
        if (format == "mlflow")
        {
            call.Note($"Look at it: mlflow ui --backend-store-uri {Shown(call, folder)}");
        }
    }

    // a program leaves no model: what was found is the configuration
    private void WriteBest(Invocation call, ExperimentRecord record, byte[] best)
    {
        if (call.Value(_code) is not null)
        {
            throw new InputException($"The experiment '{record.Name}' tuned a program, which leaves no model that code could load.", "Leave --code away: the best configuration is written.");
        }

        var target = call.Environment.Resolve(call.Value(_out) ?? BestBlob);
        TargetFile.Check(target, call.Value(_force));
        TargetFile.Write(target, stream => stream.Write(best));
        if (call.Json)
        {
            WriteJson(call, record, json =>
            {
                json.WriteString("file", target);
                json.WriteNumber("bytes", best.Length);
            });
        }
        else
        {
            call.Output.WriteLine($"'{record.Name}' tuned a program, which leaves no model: its best configuration, with the command that runs it, is in {target}.");
        }
    }

    private void WriteProject(Invocation call, ExperimentRecord record, byte[] zip, string folder)
    {
        var files = ModelCode.Of(zip, $"The model of '{record.Name}'");
        var taken = files.Select(f => Path.Combine(folder, f.Name)).FirstOrDefault(File.Exists);
        if (taken is not null && !call.Value(_force))
        {
            throw new InputException($"'{taken}' is there already.", "Name another folder with --code, or replace the project's files with --force.");
        }

        Make(folder);
        var project = files[0].Name;
        if (Directory.EnumerateFiles(folder, "*.csproj").Select(Path.GetFileName).FirstOrDefault(f => f != project) is { } other)
        {
            throw new InputException($"There is another project in '{folder}': {other}.", "Name another folder with --code.");
        }

        foreach (var file in files)
        {
            TargetFile.Write(Path.Combine(folder, file.Name), stream => stream.Write(file.Bytes));
        }

        if (call.Json)
        {
            WriteJson(call, record, json =>
            {
                json.WriteString("folder", folder);
                json.WriteTexts("files", files.Select(f => f.Name));
            });
        }
        else
        {
            call.Output.WriteLine($"A console project around the model of '{record.Name}' is in {folder}: {string.Join(", ", files.Select(f => f.Name))}.");
            call.Note($"Run it: dotnet run --project {Shown(call, folder)}");
        }
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The folder '{folder}' can't be made: {e.Message}", "Name another one with --code.", e);
        }
    }

    private static void WriteJson(Invocation call, ExperimentRecord record, Action<Utf8JsonWriter> more) => call.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("id", record.Id);
        json.WriteString("experiment", record.Name);
        more(json);
        json.WriteEndObject();
    });

    private static string Shown(Invocation call, string path) => Path.GetRelativePath(call.Environment.WorkingDirectory, path);
}
