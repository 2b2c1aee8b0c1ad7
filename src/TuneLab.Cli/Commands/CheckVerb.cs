using System.CommandLine;
using System.Text.Json;
using TuneLab.Analysis.ToyTruth;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Engines;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Experiments.Output;
using TuneLab.Hosting;
using TuneLab.Metrics;
using TuneLab.Scheduling.Settings;
using TuneLab.Randomness;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab check</c>: whether an experiment file is right, and what running it would mean.</summary>
internal sealed class CheckVerb : Verb
{
    private readonly Argument<string> _file = new("FILE") { Description = "The experiment file." };
    private readonly PlanOptions _plan = new();
    private readonly Option<int?> _jobs = Options.Whole("--jobs", "N", 1, "Evaluations at once that the forecast counts on. Default: the number of cores.", RunVerb.MostAtOnce);
    private readonly Option<bool> _strict = new("--strict") { Description = "Stop before the trainers when there is a warning about the data (exit code 2); an error always stops." };

    private readonly Option<bool> _objective = new("--objective") { Description = "Instead: on toy data of 'tunelab sample', whether the metric ranks the function that made the labels above others, and how much noise it takes before it does not." };

    public override string Name => "check";

    public override string Description => "Reads an experiment file and its data, says every fault at once, shows the plan with everything settled and what is odd about the data, takes every trainer end to end on a few hundred rows (a program is run once) and forecasts the cost. Nothing is stored.";

    public override string Example => "tunelab check configs/churn.yaml\ntunelab check configs/churn.yaml --objective";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_file);
        _plan.AddTo(command);
        command.Options.Add(_jobs);
        command.Options.Add(_strict);
        command.Options.Add(_objective);
    }

    protected override int Run(Invocation call)
    {
        var plan = _plan.Read(call, call.Environment.Resolve(call.Value(_file)));
        OutputFolder.Check(plan.Output.Folder);
        using var hosts = new TrialHosts(plan, EngineCatalog.Create(), 1, Environment.ProcessorCount, ThisTool.Host());
        var experiment = LoadedExperiment.Load(plan, hosts.Catalog, CancellationToken.None);
        if (call.Value(_objective))
        {
            return CheckObjective(call, experiment);
        }

        var start = experiment.Start(0, Stores.Locate(call, plan.File).Path);
        if (!call.Json)
        {
            RunViews.WritePlan(start, call.Output);
            call.Output.WriteLine();
        }

        experiment.RequireSound(call.Value(_strict));
        var jobs = call.Value(_jobs) ?? Environment.ProcessorCount;
        var report = SmokeCheck.Run(experiment, hosts.Catalog, jobs, call.Environment.Time, CancellationToken.None, new ProgramRunner(call.Environment.Time));
        if (call.Json)
        {
            var (length, when) = Background(call);
            call.WriteJson(json => WriteJson(json, start, report, j => ForecastView.WriteNeed(report.Forecast, when, length, j)));
        }
        else
        {
            WriteReport(call, plan, report, jobs);
        }

        return report.Trainers.All(t => t.Failure is null) ? ExitCode.Done : ExitCode.Failed;
    }

    private static int CheckObjective(Invocation call, LoadedExperiment experiment)
    {
        if (experiment.Data is not { } table || experiment.Resolved.Metric is not Metric metric)
        {
            throw new InputException("A program's score can't be checked: only it knows what it means.", "Leave --objective away.");
        }

        var rows = experiment.Holdout.Length > 0 ? experiment.Holdout.Length : table.RowCount / Math.Max(2, experiment.Resolved.Plan.Validate.Folds);
        var report = ObjectiveCheck.Run(metric, TruthFile.Read(table, experiment.Resolved.Plan.Data.File), rows, new Seed((ulong)experiment.Resolved.Plan.Seed).Child("objective"));
        if (call.Json)
        {
            call.WriteJson(json => ObjectiveView.WriteJson(report, json));
        }
        else
        {
            ObjectiveView.WriteText(report, call.Output);
        }

        return ExitCode.Done;
    }

    private void WriteReport(Invocation call, ExperimentPlan plan, SmokeReport report, int jobs)
    {
        if (plan.Command is not null)
        {
            call.Output.WriteLine(report.Trainers[0].Failure is { } failure ? "The program FAILED: " + failure : $"The program works: one run on all rows takes up to {Words.Seconds(report.Trainers[0].Seconds)}.");
        }
        else
        {
            WriteTrainers(call, report);
        }

        call.Output.WriteLine();
        if (report.Forecast is { Left: { } left, Ends: { } ends })
        {
            var now = call.Environment.Time.GetLocalNow();
            var folds = report.Evaluations is { } evaluations ? $"up to {Words.Count(evaluations, plan.Command is null ? "fold" : "run")}, " : "";
            call.Output.WriteLine($"Forecast: {folds}{ForecastView.Span(left)} with {Words.Count(jobs, "job")}: ends {Words.Moment(ends, now)} when started at {Words.Moment(now, now)}.");
            if (Background(call) is ({ } length, var when))
            {
                call.Output.WriteLine($"In the background it {ForecastView.Need(report.Forecast, when, length)}.");
            }
        }

        if (report.Trainers.All(t => t.Failure is null))
        {
            call.Note($"No faults. Run it: tunelab run {call.Value(_file)}");
        }
        else
        {
            call.Output.WriteLine(plan.Command is null
                ? "Leave out the trainers that failed with 'trainers:' in the experiment file, or change what they were given."
                : "It was run with the defaults of 'space', in the experiment file's folder.");
        }
    }

    // when a worker would run it, and how long that is open the next time
    private static (TimeSpan? Length, string When) Background(Invocation call)
    {
        using var queue = File.Exists(Stores.Locate(call, file: null).Path) ? WorkStores.OpenExisting(call) : null;
        var when = Permits.Usual(WorkerFile.ReadOrDefault(call), queue, call.Environment.Time);
        return (Permits.NextLength(Permits.Of(call), when, call.Environment.Time.GetUtcNow()), when);
    }

    private static void WriteTrainers(Invocation call, SmokeReport report)
    {
        var table = new TextTable("trainer", ">rows", "end to end", ">one fold on all rows");
        foreach (var trainer in report.Trainers)
        {
            table.Add(
                trainer.Trainer, trainer.Rows.ToString(CultureInfo.InvariantCulture), trainer.Failure is null ? "works" : "FAILED: " + trainer.Failure,
                double.IsNaN(trainer.Seconds) ? "-" : "about " + Words.Seconds(trainer.Seconds));
        }

        table.Write(call.Output);
    }

    private static void WriteJson(Utf8JsonWriter json, ExperimentStart start, SmokeReport report, Action<Utf8JsonWriter> need)
    {
        json.WriteStartObject();
        json.WriteString("experiment", start.Plan.Plan.Name);
        if (start.Table is { } table)
        {
            json.WriteNumber("rows", table.RowCount);
            json.WriteNumber("rows_without_label", table.RowsWithoutLabel);
            json.WriteNumber("training_rows", start.TrainingRows);
            json.WriteNumber("holdout_rows", start.HoldoutRows);
            json.WriteNumber("features", table.Features.Count);
        }

        json.WriteBoolean("stages_auto", start.Plan.StagesAreAuto);
        json.WriteString("store", start.Store);
        json.WriteStartArray("trainers");
        foreach (var trainer in report.Trainers)
        {
            json.WriteStartObject();
            json.WriteString("trainer", trainer.Trainer);
            json.WriteString("failure", trainer.Failure);
            json.WriteNumber("rows", trainer.Rows);
            json.WriteFinite("fold_seconds", trainer.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("findings");
        json.WriteRawValue(FindingsJson.Of(start.Look?.Findings ?? []).ToJsonString());
        ForecastView.WriteJson(report.Forecast, json, j =>
        {
            j.WriteFinite("evaluations", report.Evaluations);
            need(j);
        });
        json.WritePropertyName("plan");
        json.WriteRawValue(PlanJson.Write(start.Plan));
        json.WriteEndObject();
    }
}
