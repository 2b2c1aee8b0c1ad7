using System.CommandLine;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Data;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab init</c>: an experiment file for a table.</summary>
internal sealed class InitVerb : Verb
{
    private readonly Argument<string> _data = new("DATA") { Description = "The table (CSV)." };
    private readonly TableOptions _table = new();
    private readonly Option<string?> _out = Options.Text("--out", "FILE", "Where to write. Default: the table's name with .yaml, in the current folder.");
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    public override string Name => "init";

    public override string Description => "Writes an experiment file for a table, from a look at its values. The file runs as it is.";

    public override string Example => "tunelab init data-samples/churn.csv --label churned -o churn.yaml";

    protected override void Declare(Command command)
    {
        _out.Aliases.Add("-o");
        command.Arguments.Add(_data);
        _table.AddTo(command);
        command.Options.Add(_out);
        command.Options.Add(_force);
    }

    protected override int Run(Invocation call)
    {
        var request = _table.Request(call, call.Value(_data));
        var target = call.Environment.Resolve(call.Value(_out) ?? Path.GetFileNameWithoutExtension(request.DataFile) + ".yaml");
        TargetFile.Check(target, call.Value(_force));
        var data = CsvDatasetReader.Read(request.DataFile);
        request = request with { Folder = Path.GetDirectoryName(target)!, Name = Path.GetFileNameWithoutExtension(target) };
        ExperimentFiles.Write(target, ExperimentFileWriter.Write(data, request));
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("file", target);
                json.WriteString("experiment", request.Name);
                json.WriteNumber("rows", data.RowCount);
                json.WriteNumber("columns", data.Columns.Count);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Output.WriteLine($"Wrote {target} for {data.RowCount.ToString(CultureInfo.InvariantCulture)} rows and {Words.Count(data.Columns.Count, "column")}.");
            call.Note($"Next: tunelab run {Path.GetRelativePath(call.Environment.WorkingDirectory, target)}");
        }

        return ExitCode.Done;
    }
}
