using System.CommandLine;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Data.Samples;
using TuneLab.Errors;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab sample</c>: toy data whose truth is known.</summary>
internal sealed class SampleVerb : Verb
{
    private readonly Argument<string?> _name = new("NAME") { Description = "Which one: churn, houses or species. Left out: lists them.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int?> _rows = Options.Whole("--rows", "N", 1, "How many rows. Default: what suits the sample, 3,000 to 5,000.");
    private readonly Option<int?> _seed = Options.Whole("--seed", "N", 0, "Another seed draws other rows of the same function. Default: 1.");
    private readonly Option<string?> _out = Options.Text("--out", "FOLDER", "Where to write. Default: the current folder.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that are there." };

    public override string Name => "sample";

    public override string Description => "Makes a toy table by a known function, and writes the truth beside it: the score that no model can beat.";

    public override string Example => "tunelab sample churn --rows 3000 --seed 7 -o samples";

    protected override void Declare(Command command)
    {
        _out.Aliases.Add("-o");
        command.Arguments.Add(_name);
        command.Options.Add(_rows);
        command.Options.Add(_seed);
        command.Options.Add(_out);
        command.Options.Add(_force);
    }

    protected override int Run(Invocation call)
    {
        if (call.Value(_name) is not { } name)
        {
            List(call);
            return ExitCode.Done;
        }

        var sample = SampleCatalog.Get(name);
        var folder = call.Environment.Resolve(call.Value(_out) ?? ".");
        var table = Path.Combine(folder, sample.Name + ".csv");
        if (File.Exists(table) && !call.Value(_force))
        {
            throw new InputException($"'{table}' is there already.", "Name another folder with -o, or replace it with --force.");
        }

        var files = SampleCatalog.Write(sample.Name, call.Value(_rows), call.Value(_seed) ?? 1, folder);
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("sample", sample.Name);
                json.WriteString("task", sample.Task.ToString().ToLowerInvariant());
                json.WriteString("label", sample.Label);
                json.WriteTexts("files", files);
                json.WriteEndObject();
            });
            return ExitCode.Done;
        }

        foreach (var file in files)
        {
            call.Output.WriteLine(file);
        }

        call.Note($"Next: tunelab run {Path.GetRelativePath(call.Environment.WorkingDirectory, files[0])} --label {sample.Label}");
        return ExitCode.Done;
    }

    private static void List(Invocation call)
    {
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (var sample in SampleCatalog.All)
                {
                    json.WriteStartObject();
                    json.WriteString("name", sample.Name);
                    json.WriteString("task", sample.Task.ToString().ToLowerInvariant());
                    json.WriteString("label", sample.Label);
                    json.WriteString("summary", sample.Summary);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return;
        }

        var table = new TextTable("name", "task", "label", "what it is");
        foreach (var sample in SampleCatalog.All)
        {
            table.Add(sample.Name, sample.Task.ToString().ToLowerInvariant(), sample.Label, sample.Summary);
        }

        table.Write(call.Output);
    }
}
