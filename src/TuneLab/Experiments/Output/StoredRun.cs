using System.Text.Json;
using TuneLab.Analysis.Findings;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Experiments.Output;

/// <summary>What a run knew beside its plan, trials and answer, as the store keeps it; with them the whole record can be made again without the data.</summary>
/// <param name="Table">The data; null for a program.</param>
/// <param name="Look">What a look at the data told; null for a program.</param>
/// <param name="TrainingRows">Rows that were searched on.</param>
/// <param name="HoldoutRows">Rows set aside.</param>
/// <param name="StagesAreAuto">Whether the stages were made by <c>auto</c>.</param>
/// <param name="File">The experiment file; null where there was none.</param>
/// <param name="Environment">Versions, machine, git commit.</param>
public sealed record StoredRun(TableSummary? Table, TableLook? Look, int TrainingRows, int HoldoutRows, bool StagesAreAuto, string? File, IReadOnlyList<KeyValuePair<string, string>> Environment)
{
    /// <summary>The name under which an experiment keeps it.</summary>
    public const string BlobName = "run.json";

    /// <summary>Of a run.</summary>
    internal static StoredRun Of(ExperimentStart start, IReadOnlyList<KeyValuePair<string, string>> environment)
        => new(start.Table, start.Look, start.TrainingRows, start.HoldoutRows, start.Plan.StagesAreAuto, start.Plan.Plan.File, environment);

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, AnalysisJson.Options);

    /// <summary>The record of an experiment that has an answer, from the store alone.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">The experiment.</param>
    /// <param name="catalog">The trainers of this build.</param>
    /// <exception cref="InputException">It has no answer yet, or was run by a version that kept less, or with trainers that this build does not have.</exception>
    public static RunRecord Read(ITrialStore store, ExperimentRecord record, TrainerCatalog catalog)
    {
        if (record.Result is not { } json)
        {
            throw new InputException($"The experiment '{record.Name}' has no answer yet: it is {record.State.ToString().ToLowerInvariant()}.", "tunelab status says how far it is; run it again to go on.");
        }

        if (store.FindBlob(record.Id, BlobName) is not { } kept || JsonSerializer.Deserialize<StoredRun>(kept, AnalysisJson.Options) is not { } run)
        {
            throw new InputException($"The experiment '{record.Name}' was run by a version that kept too little for a report.", "Run it again with this version: nothing is computed twice.");
        }

        var plan = PlanReader.Read(record.Plan, run.File ?? record.Name) with { Name = record.Name, File = run.File };
        var start = new ExperimentStart(PlanResolver.Stored(plan, run.Table, catalog, run.StagesAreAuto), run.Table, run.TrainingRows, run.HoldoutRows, 0, store.Location) { Fingerprint = record.Fingerprint, Look = run.Look };
        var trials = store.Trials(record.Id);
        return new RunRecord(start, ResultJson.Read(json) with { Experiment = record.Name }, trials, run.Environment)
        {
            Analysis = (store.FindBlob(record.Id, RunOutputs.AnalysisName) is { } analysis ? AnalysisJson.Read(analysis) : null) ?? ExperimentAnalysis.None("it was stored by another version"),
        };
    }
}
