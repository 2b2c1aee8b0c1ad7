using System.Text.Json;
using TuneLab.Experiments;
using TuneLab.Metrics;
using TuneLab.Storage;

namespace TuneLab.Cli.Output;

/// <summary>A stored experiment in a few figures.</summary>
/// <param name="Record">As stored.</param>
/// <param name="State">In lower case; <c>interrupted</c> where the process that ran it was ended from outside.</param>
/// <param name="Trials">Its finished trials.</param>
/// <param name="Metric">The objective; null when this build does not know it.</param>
/// <param name="Best">The best completed trial on all rows, confirm's not counted; null when there is none.</param>
/// <param name="Verdict">The outcome in lower case; null until there is one.</param>
internal sealed record ExperimentDigest(ExperimentRecord Record, string State, IReadOnlyList<FinishedTrial> Trials, Objective? Metric, FinishedTrial? Best, string? Verdict)
{
    /// <summary>Reads what is needed from the store.</summary>
    public static ExperimentDigest Of(ITrialStore store, ExperimentRecord record)
    {
        var trials = store.Trials(record.Id);
        var metric = StoredObjective.Of(record);
        var best = metric is null ? null : Ranked(trials, metric).FirstOrDefault();
        return new ExperimentDigest(record, StateOf(store, record), trials, metric, best, OutcomeOf(record.Result));
    }

    /// <summary>The trials that can be compared, best first: completed, on all rows, on the search splits.</summary>
    public static IEnumerable<FinishedTrial> Ranked(IEnumerable<FinishedTrial> trials, Objective metric)
        => RankedTrials.Of(trials, metric);

    /// <summary>How many trials ended so.</summary>
    public int Count(TrialStatus status) => Trials.Count(t => t.Status == status);

    // a killed process leaves its experiment marked as running, but not its lock
    private static string StateOf(ITrialStore store, ExperimentRecord record)
    {
        if (record.State != ExperimentState.Running)
        {
            return record.State.ToString().ToLowerInvariant();
        }

        using var free = store.TryLock(record.Id);
        return free is null ? "running" : "interrupted";
    }

    private static string? OutcomeOf(string? result)
    {
        if (result is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(result);
        return document.RootElement.TryGetProperty("verdict", out var verdict) && verdict.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : null;
    }
}
