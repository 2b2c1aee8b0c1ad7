using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Output;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Journal;

/// <summary>
/// What did well on the same data in experiments before, for the coarse stage to begin with. Settled when an experiment is created and kept with it, so that it stays the same whatever the store learns later.
/// </summary>
internal static class PriorConfigurations
{
    private const string BlobName = "prior.json";
    private const int PerExperiment = 2;
    private const int Most = 6;

    private static readonly string[] Prose = ["name", "question", "hypothesis", "expect", "output"];

    /// <summary>The configurations, best experiments' first; empty without <paramref name="wanted"/>, or where nothing fits.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">The experiment that is to begin with them.</param>
    /// <param name="resolved">Its plan: only its trainers' configurations inside its spaces fit.</param>
    /// <param name="wanted">Whether it may begin with any; asked when it is created only.</param>
    public static IReadOnlyList<Configuration> Of(ITrialStore store, ExperimentRecord record, ResolvedPlan resolved, bool wanted)
    {
        if (store.FindBlob(record.Id, BlobName) is { } kept)
        {
            using var document = JsonDocument.Parse(kept);
            return [.. document.RootElement.EnumerateArray().Select(c => ResultJson.ConfigurationOf(c.GetProperty("trainer").GetString()!, c.GetProperty("values")))];
        }

        IReadOnlyList<Configuration> found = wanted && store.Trials(record.Id).Count == 0 ? Find(store, record, resolved) : [];
        store.PutBlob(record.Id, BlobName, Encoding.UTF8.GetBytes(new JsonArray([.. found.Select(c => (JsonNode)new JsonObject { ["trainer"] = c.Trainer, ["values"] = ResultJson.Node(c) })]).ToJsonString()));
        return found;
    }

    private static IReadOnlyList<Configuration> Find(ITrialStore store, ExperimentRecord record, ResolvedPlan resolved)
    {
        // the same search asked otherwise finds what it found before in the cache, trial by trial
        var own = SearchOf(record);
        if (resolved.Plan.Validate.Outer is not null)
        {
            return []; // an outer fold decides only as long as nothing is known of it
        }

        var others = store.Experiments().Where(e => e.Id != record.Id && e.Fingerprint == record.Fingerprint && FinishedRun.Of(e) is not null && SearchOf(e) != own && JsonNode.Parse(e.Plan)!["validate"]?["outer"] is null).OrderByDescending(e => e.Updated).ThenByDescending(e => e.Id);
        return [.. others.SelectMany(e => Best(store, e)).Where(c => Fits(c, resolved)).Distinct().Take(Most)];
    }

    // the plan without what changes no trial
    private static string SearchOf(ExperimentRecord record)
    {
        var plan = JsonNode.Parse(record.Plan)!.AsObject();
        Array.ForEach(Prose, key => plan.Remove(key));
        return plan.ToJsonString();
    }

    // the winner, then the best of the others by validation
    private static IEnumerable<Configuration> Best(ITrialStore store, ExperimentRecord other)
    {
        if (StoredObjective.Of(other) is not { } objective)
        {
            return [];
        }

        var ranked = RankedTrials.Of(store.Trials(other.Id), objective).Select(t => t.Configuration);
        return ranked.Prepend(FinishedRun.Of(other)!.Result.Best.Configuration).Distinct().Take(PerExperiment);
    }

    private static bool Fits(Configuration configuration, ResolvedPlan resolved)
    {
        if (resolved.Trainers.FirstOrDefault(t => t.Trainer.Info.Id == configuration.Trainer) is not { } trainer || configuration.Equals(trainer.Default))
        {
            return false;
        }

        return trainer.Space.Contains(configuration)
            && trainer.Space.FromUnit(configuration.Trainer, trainer.Space.ToUnit(configuration), trainer.Default).Values.Keys.SequenceEqual(configuration.Values.Keys)
            && configuration.Values.All(v => trainer.Space.IndexOf(v.Key) >= 0 || (trainer.Default.Values.TryGetValue(v.Key, out var settled) && settled.Equals(v.Value)));
    }
}
