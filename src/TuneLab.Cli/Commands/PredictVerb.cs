using System.CommandLine;
using System.Text;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Engines;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab predict</c>: a model and a table in, predictions out.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string> _model = new("ZIP") { Description = "The model that 'tunelab run' or 'tunelab export' wrote, or any model zip of ML.NET." };
    private readonly Argument<string> _data = new("DATA") { Description = "The table (CSV): columns in any order, extra ones are left out, no label is needed." };
    private readonly Option<bool> _ensemble = new("--ensemble") { Description = "Predict with the ensemble in the zip, which an experiment with 'ensemble: true' puts there, instead of with the winner." };
    private readonly Option<string?> _out = Options.Text("--out", "FILE", "Where to write the predictions, one row per row of DATA in the same order. Default: standard output.");

    public override string Name => "predict";

    public override string Description
        => "Predicts each row of a table. Regression: score. Binary: probability of the positive class, and prediction. Multiclass: a column per class, and prediction.";

    public override string Example => "tunelab predict runs/churn/model.zip data-samples/churn.csv -o predictions.csv";

    protected override void Declare(Command command)
    {
        _out.Aliases.Add("-o");
        command.Arguments.Add(_model);
        command.Arguments.Add(_data);
        command.Options.Add(_ensemble);
        command.Options.Add(_out);
    }

    protected override int Run(Invocation call)
    {
        var target = call.Value(_out) is { } file ? call.Environment.Resolve(file) : null;
        if (target is not null)
        {
            TargetFile.Check(target, replace: true);
        }

        var zip = call.Environment.Resolve(call.Value(_model));
        var model = call.Value(_ensemble) ? ModelFile.LoadEnsemble(zip) : ModelFile.Load(zip);
        var data = model.Read(call.Environment.Resolve(call.Value(_data)));
        var predictions = new PredictionTable(model.PredictTable(data, Environment.ProcessorCount));
        if (target is null)
        {
            if (call.Json)
            {
                call.WriteJson(json => predictions.WriteJson(json));
            }
            else
            {
                predictions.WriteCsv(call.Output);
            }

            return ExitCode.Done;
        }

        TargetFile.Write(target, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
            predictions.WriteCsv(writer);
        });
        if (call.Json)
        {
            call.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("file", target);
                json.WriteNumber("rows", predictions.Count);
                json.WriteTexts("columns", predictions.Columns);
                json.WriteEndObject();
            });
        }
        else
        {
            call.Note($"{Words.Count(predictions.Count, "prediction")}{(model.Label is { } label ? $" of '{label}'" : "")} in {target}: {string.Join(", ", predictions.Columns)}");
        }

        return ExitCode.Done;
    }
}
