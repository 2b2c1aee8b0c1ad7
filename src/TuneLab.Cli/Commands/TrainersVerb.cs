using System.CommandLine;
using System.Text.Json;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Engines;
using TuneLab.Reporting.Terminal;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab trainers</c>: what can learn, and what it would tune.</summary>
internal sealed class TrainersVerb : Verb
{
    public override string Name => "trainers";

    public override string Description => "Lists the trainers: tasks, capabilities, what is searched by default; and those that are missing, with how to get them.";

    public override string Example => "tunelab trainers";

    protected override void Declare(Command command)
    {
    }

    protected override int Run(Invocation call)
    {
        var catalog = EngineCatalog.Create();
        if (call.Json)
        {
            call.WriteJson(json => WriteJson(json, catalog));
        }
        else
        {
            WriteText(call.Output, catalog);
        }

        return ExitCode.Done;
    }

    private static void WriteText(TextWriter output, TrainerCatalog catalog)
    {
        foreach (var trainer in catalog.All)
        {
            var info = trainer.Info;
            output.WriteLine($"{info.Id} ({info.Engine}): {info.Summary}");
            output.WriteLine("  tasks  " + string.Join(", ", info.Tasks).ToLowerInvariant());
            output.WriteLine("  can    " + string.Join(", ", Capabilities(info).Where(c => c.Has).Select(c => c.Words)));
            var table = new TextTable("hyperparameter", "range", "default", "searched", "only when");
            foreach (var parameter in info.Parameters.Parameters)
            {
                var at = info.DefaultSpace.IndexOf(parameter.Name);
                table.Add(
                    parameter.Name, parameter.Describe(), info.Default.Values.TryGetValue(parameter.Name, out var value) ? Words.Value(value) : "-",
                    at < 0 ? "-" : Searched(parameter, info.DefaultSpace.Parameters[at]), parameter.Condition is { } condition ? condition.Parameter + " is " + string.Join(" or ", condition.Values) : "");
            }

            output.WriteLine();
            table.Write(output, "  ");
            output.WriteLine();
        }

        if (EngineCatalog.HowToGetMissing is { } how)
        {
            output.WriteLine("Not in this build (ML.NET): " + string.Join(", ", EngineCatalog.MissingTrainers));
            Paragraph.Write(output, how, "  ");
        }
    }

    private static string Searched(Parameter whole, Parameter searched) => searched.Describe() is var range && range == whole.Describe() ? "yes" : range;

    private static (string Key, string Words, bool Has)[] Capabilities(TrainerInfo info) =>
    [
        ("incremental", "stop between rounds", info.Incremental), ("row_weights", "row weights", info.RowWeights), ("categoricals", "categories", info.Categoricals),
        ("missing_values", "missing values", info.MissingValues), ("monotone", "monotone directions", info.Monotone), ("threads", "several threads", info.Threads),
    ];

    private static void WriteJson(Utf8JsonWriter json, TrainerCatalog catalog)
    {
        json.WriteStartObject();
        json.WriteString("default_engine", catalog.DefaultEngine);
        json.WriteStartArray("trainers");
        foreach (var trainer in catalog.All)
        {
            var info = trainer.Info;
            json.WriteStartObject();
            json.WriteString("id", info.Id);
            json.WriteString("engine", info.Engine);
            json.WriteString("summary", info.Summary);
            json.WriteNumber("version", info.Version);
            json.WriteTexts("tasks", info.Tasks.Select(t => t.ToString().ToLowerInvariant()));
            json.WriteStartObject("capabilities");
            foreach (var (key, _, has) in Capabilities(info))
            {
                json.WriteBoolean(key, has);
            }

            json.WriteEndObject();
            json.WriteStartArray("hyperparameters");
            foreach (var parameter in info.Parameters.Parameters)
            {
                WriteParameter(json, parameter, info);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("missing");
        foreach (var id in EngineCatalog.MissingTrainers)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("engine", "mlnet");
            json.WriteString("how_to_get", EngineCatalog.HowToGetMissing);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, Parameter parameter, TrainerInfo info)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        WriteRange(json, parameter);
        if (info.Default.Values.TryGetValue(parameter.Name, out var value))
        {
            json.WriteString("default", value.ToString());
        }
        else
        {
            json.WriteNull("default");
        }

        var at = info.DefaultSpace.IndexOf(parameter.Name);
        if (at < 0)
        {
            json.WriteNull("searched");
        }
        else
        {
            json.WriteStartObject("searched");
            WriteRange(json, info.DefaultSpace.Parameters[at]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter json, Parameter parameter)
    {
        switch (parameter)
        {
            case FloatParameter number:
                json.WriteString("type", "float");
                json.WriteNumber("low", number.Low);
                json.WriteNumber("high", number.High);
                json.WriteString("scale", number.Scale.ToString().ToLowerInvariant());
                json.WriteFinite("step", number.Step);
                break;
            case IntParameter number:
                json.WriteString("type", "int");
                json.WriteNumber("low", number.Low);
                json.WriteNumber("high", number.High);
                json.WriteString("scale", number.Scale.ToString().ToLowerInvariant());
                json.WriteNumber("step", number.Step);
                break;
            case ChoiceParameter choice:
                json.WriteString("type", "choice");
                json.WriteTexts("choices", choice.Choices);
                break;
        }
    }
}
