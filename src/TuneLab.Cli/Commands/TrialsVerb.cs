using System.CommandLine;
using System.Text.Json;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Cli.Parsing;
using TuneLab.Errors;
using TuneLab.Experiments.Output;
using TuneLab.Storage;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab trials</c>: the trials of an experiment.</summary>
internal sealed class TrialsVerb : Verb
{
    private readonly Argument<string?> _which = new(StoredExperiments.HelpName)
    {
        Description = "The experiment. Left out: the latest one of the store.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _top = Options.Whole("--top", "N", 1, "Only the best N of the trials on all rows, best first.");
    private readonly Option<bool> _csv = new("--csv") { Description = "Write CSV: the columns of trials.csv." };

    public override string Name => "trials";

    public override string Description => "Lists the trials of an experiment by number, or its best ones.";

    public override string Example => "tunelab trials configs/churn.yaml --top 10\ntunelab trials churn --csv > churn-trials.csv";

    protected override void Declare(Command command)
    {
        command.Arguments.Add(_which);
        command.Options.Add(_top);
        command.Options.Add(_csv);
    }

    protected override int Run(Invocation call)
    {
        if (call.Json && call.Value(_csv))
        {
            throw new InputException("--json and --csv exclude each other.", "Choose one.");
        }

        var which = call.Value(_which);
        using var store = Stores.OpenExisting(call, Stores.Locate(call, StoredExperiments.IsFile(call, which) ? which : null));
        var digest = ExperimentDigest.Of(store, StoredExperiments.Find(call, store, which));
        var trials = Chosen(digest, call.Value(_top));
        if (call.Json)
        {
            call.WriteJson(json => WriteJson(json, digest, trials));
        }
        else if (call.Value(_csv))
        {
            TrialsCsvWriter.Write(trials, call.Output);
        }
        else
        {
            WriteText(call.Output, digest, trials);
        }

        return ExitCode.Done;
    }

    private static IReadOnlyList<FinishedTrial> Chosen(ExperimentDigest digest, int? top) => top is not { } count ? digest.Trials
        : digest.Metric is { } metric ? [.. ExperimentDigest.Ranked(digest.Trials, metric).Take(count)]
        : throw new TuneLabException($"This build does not know the metric of '{digest.Record.Name}', so it can't say which trials are best.", "Leave out --top.");

    private static void WriteText(TextWriter output, ExperimentDigest digest, IReadOnlyList<FinishedTrial> trials)
    {
        output.WriteLine($"{digest.Record.Name}: {Words.Count(digest.Trials.Count, "trial")}, {digest.Metric?.Id ?? "score"} ({(digest.Metric?.HigherIsBetter ?? true ? "more" : "less")} is better)");
        output.WriteLine();
        var table = new TextTable(">number", "stage", "trainer", "status", ">score", ">std", ">rows", ">rounds", ">fit s", "cached", "hyperparameters");
        foreach (var trial in trials)
        {
            table.Add(
                trial.Number.ToString(CultureInfo.InvariantCulture), trial.Stage, trial.Configuration.Trainer, Word(trial.Status), Words.Score(trial.Score), Words.Score(trial.Deviation),
                trial.Rows.ToString("0.##", CultureInfo.InvariantCulture), trial.Rounds.ToString(CultureInfo.InvariantCulture), trial.FitSeconds.ToString("0.00", CultureInfo.InvariantCulture), trial.Cached ? "yes" : "no",
                trial.Status == TrialStatus.Completed ? Words.Hyperparameters(trial.Configuration) : trial.Reason);
        }

        table.Write(output);
    }

    private static void WriteJson(Utf8JsonWriter json, ExperimentDigest digest, IReadOnlyList<FinishedTrial> trials)
    {
        json.WriteStartObject();
        json.WriteNumber("id", digest.Record.Id);
        json.WriteString("experiment", digest.Record.Name);
        json.WriteString("metric", digest.Metric?.Id);
        json.WriteStartArray("trials");
        foreach (var trial in trials)
        {
            json.WriteStartObject();
            json.WriteNumber("number", trial.Number);
            json.WriteString("stage", trial.Stage);
            json.WriteNumber("pass", trial.Pass);
            json.WriteString("trainer", trial.Configuration.Trainer);
            json.WriteStartObject("hyperparameters");
            foreach (var (name, value) in trial.Configuration.Values)
            {
                if (value.Name is { } choice)
                {
                    json.WriteString(name, choice);
                }
                else
                {
                    json.WriteNumber(name, value.Number);
                }
            }

            json.WriteEndObject();
            json.WriteString("status", Word(trial.Status));
            json.WriteBoolean("cached", trial.Cached);
            json.WriteFinite("score", trial.Score);
            json.WriteFinite("std", trial.Deviation);
            json.WriteStartArray("scores");
            foreach (var score in trial.Scores)
            {
                if (double.IsFinite(score))
                {
                    json.WriteNumberValue(score);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
            json.WriteNumber("rows", trial.Rows);
            json.WriteNumber("rounds", trial.Rounds);
            json.WriteNumber("started_s", trial.StartedSeconds);
            json.WriteNumber("finished_s", trial.FinishedSeconds);
            json.WriteNumber("fit_s", trial.FitSeconds);
            json.WriteString("reason", trial.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Word(TrialStatus status) => status.ToString().ToLowerInvariant();
}
