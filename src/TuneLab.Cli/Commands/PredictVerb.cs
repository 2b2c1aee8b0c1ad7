using System.CommandLine;
using System.Text;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Data;
using TuneLab.Engines;
using TuneLab.Training.Packaging;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab predict</c>: a model and a table in, predictions out.</summary>
internal sealed class PredictVerb : Verb
{
    private readonly Argument<string> _model = new("ZIP") { Description = "The model that 'tunelab run' or 'tunelab export' wrote." };
    private readonly Argument<string> _data = new("DATA") { Description = "The table (CSV): columns in any order, extra ones are left out, no label is needed." };
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
        command.Options.Add(_out);
    }

    protected override int Run(Invocation call)
    {
        var target = call.Value(_out) is { } file ? call.Environment.Resolve(file) : null;
        if (target is not null)
        {
            TargetFile.Check(target, replace: true);
        }

        var model = ModelPackage.Load(call.Environment.Resolve(call.Value(_model)), EngineCatalog.Create());
        var data = CsvDatasetReader.Read(call.Environment.Resolve(call.Value(_data)), model.ReadOptions());
        var predictions = new PredictionTable(model, model.Predict(data, Environment.ProcessorCount));
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
            call.Note($"{Words.Count(predictions.Count, "prediction")} of '{model.Card.Label}' in {target}: {string.Join(", ", predictions.Columns)}");
        }

        return ExitCode.Done;
    }
}
