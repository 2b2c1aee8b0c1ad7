using System.CommandLine;
using System.Text.Json;
using TuneLab.Cli.Commands.Work;
using TuneLab.Cli.Composition;
using TuneLab.Cli.Output;
using TuneLab.Experiments.Forecasting;
using TuneLab.Scheduling;
using TuneLab.Scheduling.Review;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Commands;

/// <summary><c>tunelab status</c>: the store, the experiments in it and the work on them, or the stages of one.</summary>
internal sealed class StatusVerb : Verb
{
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(24);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(8);

    private readonly Argument<string?> _which = new(StoredExperiments.HelpName)
    {
        Description = "One experiment, with its stages. Left out: all experiments of the store.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public override string Name => "status";

    public override string Description => "Says which store is used and why, how far its experiments are, and what the workers did in the last 24 hours, or since the last window began that was longer, and do next.";

    public override string Example => "tunelab status\ntunelab status configs/churn.yaml";

    protected override void Declare(Command command) => command.Arguments.Add(_which);

    protected override int Run(Invocation call)
    {
        var which = call.Value(_which);
        var location = Stores.Locate(call, StoredExperiments.IsFile(call, which) ? which : null);
        if (which is null && !File.Exists(location.Path))
        {
            return Empty(call, location);
        }

        using var store = Stores.OpenExisting(call, location);
        var records = which is null ? store.Experiments() : [StoredExperiments.Find(call, store, which)];
        var digests = records.Select(r => ExperimentDigest.Of(store, r)).ToList();
        var stages = which is null ? null : store.Stages(records[0].Id);
        var forecast = which is null || records[0].State == ExperimentState.Finished ? null : ExperimentForecast.Of(store, records[0], call.Environment.Time);
        using var queue = WorkStores.OpenExisting(call);
        var now = call.Environment.Time.GetUtcNow();
        var settings = WorkerFile.ReadOrDefault(call);
        var permits = Permits.Of(call, settings, queue);
        var when = Permits.Usual(settings, queue, call.Environment.Time);
        var outlook = forecast is null ? null : Outlook.Of(forecast, queue.Undone().FirstOrDefault(e => !e.Ended && e.Experiment == records[0].Id), permits, when, now);
        var from = permits.Openings(when, now - Longest, now).TakeLast(1).Where(o => o.To > now - LookBack && o.Length < Longest).Select(o => o.From).Append(now - LookBack).Min(); // the weekend, say
        var review = which is not null ? null : WorkReview.Of(queue, permits, permits.Openings(when, from, now), [.. queue.Workers().Where(w => WorkStatusVerb.IsLiving(queue, w)).Select(w => w.Id)], from, now);
        if (call.Json)
        {
            call.WriteJson(json => WriteJson(json, location, exists: true, digests, stages, outlook, review is null ? null : () => WorkReviewView.WriteJson(json, review, queue, permits, Next, now)));
        }
        else
        {
            WriteText(call, location, digests, stages, outlook, permits, TimeZoneInfo.ConvertTime(now, settings.Zone));
            if (review is { IsEmpty: false })
            {
                call.Output.WriteLine();
                WorkReviewView.WriteText(call.Output, review, queue, permits, Next, now);
            }
        }

        return ExitCode.Done;

        Outlook Next(QueueEntry entry)
        {
            var left = entry.Experiment is { } id && records.FirstOrDefault(e => e.Id == id) is { } record ? ExperimentForecast.Of(store, record, call.Environment.Time) : ExperimentForecast.NotBegun(entry.Plan, call.Environment.Time);
            return Outlook.Of(left, entry, permits, when, now);
        }
    }

    private static int Empty(Invocation call, StoreLocation location)
    {
        if (call.Json)
        {
            call.WriteJson(json => WriteJson(json, location, exists: false, [], stages: null, outlook: null, work: null));
        }
        else
        {
            call.Output.WriteLine($"Store: {location.Path} ({location.Reason}); not made yet");
            call.Output.WriteLine("No experiment has been run. Begin with: tunelab init DATA --label L");
        }

        return ExitCode.Done;
    }

    private static void WriteText(Invocation call, StoreLocation location, List<ExperimentDigest> digests, IReadOnlyList<StageRecord>? stages, Outlook? outlook, IPermits permits, DateTimeOffset now)
    {
        var output = call.Output;
        output.WriteLine($"Store: {location.Path} ({location.Reason})");
        if (digests.Count == 0)
        {
            output.WriteLine("No experiment has been run. Begin with: tunelab init DATA --label L");
            return;
        }

        var table = new TextTable(">id", "name", "state", ">trials", ">failed", "metric", ">best", "trainer", "verdict", ">time", "updated");
        foreach (var digest in digests)
        {
            var record = digest.Record;
            table.Add(
                record.Id.ToString(CultureInfo.InvariantCulture), record.Name, digest.State, digest.Trials.Count.ToString(CultureInfo.InvariantCulture),
                digest.Count(TrialStatus.Failed).ToString(CultureInfo.InvariantCulture), digest.Metric?.Id ?? "-", Words.Score(digest.Best?.Score ?? double.NaN), digest.Best?.Configuration.Trainer ?? "-",
                digest.Verdict ?? "-", Words.Clock(TimeSpan.FromSeconds(record.ActiveSeconds)), permits.Words(record.Updated));
        }

        output.WriteLine();
        table.Write(output);
        if (stages is null)
        {
            return;
        }

        if (digests[0].Record.Reason.Length > 0)
        {
            output.WriteLine();
            output.WriteLine("Reason: " + digests[0].Record.Reason);
        }

        if (outlook is not null)
        {
            output.WriteLine();
            ForecastView.WriteLeft(outlook, now, digests[0].State == "running", output);
        }

        var list = new TextTable(">pass", "stage", ">trials", ">time", "ended by", "reason");
        foreach (var stage in stages)
        {
            list.Add(stage.Pass.ToString(CultureInfo.InvariantCulture), stage.Stage, Ended(digests[0], stage).ToString(CultureInfo.InvariantCulture), Words.Clock(TimeSpan.FromSeconds(stage.Seconds)), stage.Exit, stage.Reason);
        }

        output.WriteLine();
        list.Write(output);
    }

    private static void WriteJson(Utf8JsonWriter json, StoreLocation location, bool exists, List<ExperimentDigest> digests, IReadOnlyList<StageRecord>? stages, Outlook? outlook, Action? work)
    {
        json.WriteStartObject();
        json.WriteStartObject("store");
        json.WriteString("path", location.Path);
        json.WriteString("reason", location.Reason);
        json.WriteBoolean("exists", exists);
        json.WriteEndObject();
        json.WriteStartArray("experiments");
        foreach (var digest in digests)
        {
            WriteExperiment(json, digest, stages, outlook);
        }

        json.WriteEndArray();
        if (work is not null)
        {
            json.WritePropertyName("work");
            work();
        }

        json.WriteEndObject();
    }

    private static void WriteExperiment(Utf8JsonWriter json, ExperimentDigest digest, IReadOnlyList<StageRecord>? stages, Outlook? outlook)
    {
        var record = digest.Record;
        json.WriteStartObject();
        json.WriteNumber("id", record.Id);
        json.WriteString("name", record.Name);
        json.WriteString("state", digest.State);
        json.WriteString("reason", record.Reason);
        json.WriteString("metric", digest.Metric?.Id);
        json.WriteStartObject("trials");
        json.WriteNumber("total", digest.Trials.Count);
        json.WriteNumber("completed", digest.Count(TrialStatus.Completed));
        json.WriteNumber("pruned", digest.Count(TrialStatus.Pruned));
        json.WriteNumber("failed", digest.Count(TrialStatus.Failed));
        json.WriteEndObject();
        if (digest.Best is { } best)
        {
            json.WriteStartObject("best");
            json.WriteNumber("trial", best.Number);
            json.WriteString("trainer", best.Configuration.Trainer);
            json.WriteFinite("score", best.Score);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("best");
        }

        json.WriteString("verdict", digest.Verdict);
        json.WriteNumber("active_seconds", record.ActiveSeconds);
        json.WriteString("created", record.Created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("updated", record.Updated.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (stages is not null)
        {
            json.WriteStartArray("stages");
            foreach (var stage in stages)
            {
                json.WriteStartObject();
                json.WriteNumber("pass", stage.Pass);
                json.WriteString("stage", stage.Stage);
                json.WriteNumber("trials", Ended(digest, stage));
                json.WriteNumber("seconds", stage.Seconds);
                json.WriteString("exit", stage.Exit);
                json.WriteString("reason", stage.Reason);
                json.WriteTexts("notes", stage.Notes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            ForecastView.WriteJson(outlook, json);
        }

        json.WriteEndObject();
    }

    // the store keeps how many trials a pass proposed; some may have been given up when its time was used
    private static int Ended(ExperimentDigest digest, StageRecord stage) => digest.Trials.Count(t => t.Pass == stage.Pass);
}
