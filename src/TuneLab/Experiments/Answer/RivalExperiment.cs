using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Storage;

namespace TuneLab.Experiments.Answer;

/// <summary>Another experiment's winner as the rival: <c>expect: { beats: EXPERIMENT }</c>, by its name, of several the last, or as <c>NAME#ID</c>, where ID is the number that <c>tunelab status</c> shows.</summary>
internal static class RivalExperiment
{
    /// <summary>Whether the expectation names an experiment: neither the default nor a trainer of this one.</summary>
    public static bool IsNamed(ResolvedPlan plan)
        => plan.Plan.Expect.Rival is { } name && name is not (Expectation.Default or Expectation.Winner) && plan.Trainers.All(t => t.Trainer.Info.Id != name);

    /// <summary>The trial that won there. To be asked for before the first trial too, so that a wrong name costs no search.</summary>
    /// <param name="experiment">The experiment that names it.</param>
    /// <param name="store">Where both are.</param>
    /// <param name="id">The id of the experiment that names it.</param>
    /// <exception cref="InputException">There is none such on the same data, it has no answer, or its trainer is not in this experiment.</exception>
    public static FinishedTrial Winner(LoadedExperiment experiment, ITrialStore store, long id)
    {
        var name = experiment.Resolved.Plan.Expect.Rival!;
        var trainers = experiment.Resolved.Trainers.Select(t => t.Trainer.Info.Id).ToList();
        var others = store.Experiments().Where(e => e.Id != id && e.Fingerprint == experiment.Fingerprint && FinishedRun.Of(e) is not null).ToList();
        var rival = others.Find(e => Expectation.RivalOf(e) == name) ?? others.LastOrDefault(e => e.Name == name)
            ?? throw new InputException($"'expect' names '{name}', which is neither 'default', nor a trainer of this experiment, nor a finished experiment on the same data.",
                Nearest.Hint(name, ["default", .. trainers, .. others.Select(e => e.Name).Distinct()], "possible rivals"));
        var (theirs, ours) = (PlanReader.Read(rival.Plan, name).Validate, PlanJson.Settled(experiment.Resolved).Validate);
        if ((theirs.Holdout, theirs.Nested, theirs.Outer) != (ours.Holdout, ours.Nested, ours.Outer) || Splits(theirs.Kind) != Splits(ours.Kind))
        {
            throw new InputException($"'expect' names the experiment '{name}', which held out other rows: it may have trained on those that are to decide here.", "give both the same validate.holdout and kind.");
        }

        var best = FinishedRun.Of(rival)!.Result.Best;
        return trainers.Contains(best.Trainer) ? store.Trials(rival.Id).First(t => t.Number == best.Trial)
            : throw new InputException($"'expect' names the experiment '{name}', whose winner is a {best.Trainer}, which this experiment does not use.", $"add {best.Trainer} to 'trainers'.");
    }

    // only these two hold out otherwise than by rows
    private static string Splits(string? kind) => kind is "time" or "group" ? kind : "rows";
}
