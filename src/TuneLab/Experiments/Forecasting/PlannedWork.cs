using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Search;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>Trials of one stage and fidelity that are still to come.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Pass">Which of its passes, from 1; the defaults have 1.</param>
/// <param name="Fidelity">What each is given.</param>
/// <param name="From">What each was given before, when it goes on from a rung; null: it begins.</param>
/// <param name="Trials">How many.</param>
internal sealed record WorkPart(StagePlan Stage, int Pass, Fidelity Fidelity, Fidelity? From, int Trials);

/// <summary>What of a plan with a budget in trials is still to be searched.</summary>
internal static class PlannedWork
{
    /// <summary>The parts left, in their order; null where nothing but time says how many trials there will be.</summary>
    /// <param name="plan">The settled plan, with the budget that holds now.</param>
    /// <param name="trials">What has finished.</param>
    /// <param name="folds">How many folds a trial has.</param>
    public static IReadOnlyList<WorkPart>? Left(ExperimentPlan plan, IReadOnlyList<FinishedTrial> trials, int folds)
    {
        var defaults = new StagePlan { Name = StagedSearch.DefaultsStage };
        var all = new List<WorkPart> { new(defaults, 1, Fidelity.Full, null, Math.Max(1, plan.Trainers.Count)) };
        var most = plan.Budget.Trials;
        var stages = plan.Stages.Where(s => s.Name != Confirmation.Stage).ToList();
        if (most is null && stages.Exists(s => s.Trials is null))
        {
            return null;
        }

        for (var i = 0; i < stages.Count; i++)
        {
            all.AddRange(Parts(StageParts.WithTrials(stages, i, Math.Max(0, (most ?? 0) - all.Sum(p => p.Trials)), folds), folds));
        }

        FinishedTrial[] searched = [.. trials.Where(t => t.Stage != Confirmation.Stage)];
        if (most > all.Sum(p => p.Trials) && all.Count > 1)
        {
            all.Add(all[^1] with { Fidelity = Fidelity.Full, From = null, Trials = most.Value - all.Sum(p => p.Trials) }); // a raised budget: refine and polish again
        }

        if (trials.Any(t => t.Stage == Confirmation.Stage))
        {
            return [];
        }

        return Capped(Without(all, searched), (most ?? int.MaxValue) - searched.Length);
    }

    private static IEnumerable<WorkPart> Parts(StagePlan stage, int folds)
    {
        for (var pass = 1; pass <= stage.Passes; pass++)
        {
            if (stage.Halving is null)
            {
                yield return new WorkPart(stage, pass, Rungs.Start(stage, folds), null, stage.Trials!.Value);
                continue;
            }

            Fidelity? before = null;
            foreach (var rung in Rungs.Of(stage, pass, folds))
            {
                // rows are learned anew, rounds and folds go on
                yield return new WorkPart(stage, pass, rung.Fidelity, stage.Over == FidelityKind.Rows ? null : before, rung.Trials!.Value + (before is null ? 0 : 2));
                before = rung.Fidelity;
            }
        }
    }

    // what has begun is taken from its stage's parts in their order; a stage that another one has followed is over
    private static List<WorkPart> Without(List<WorkPart> parts, FinishedTrial[] searched)
    {
        var last = searched.Length == 0 ? -1 : parts.FindLastIndex(p => p.Stage.Name == searched[^1].Stage);
        var current = last < 0 ? null : parts[last].Stage.Name;
        var done = searched.Count(t => t.Stage == current);
        var left = new List<WorkPart>();
        var before = current is not null;
        foreach (var part in parts)
        {
            if (part.Stage.Name == current)
            {
                before = false;
                var taken = Math.Min(done, part.Trials);
                done -= taken;
                left.Add(part with { Trials = part.Trials - taken });
            }
            else if (!before)
            {
                left.Add(part);
            }
        }

        return left;
    }

    private static List<WorkPart> Capped(List<WorkPart> parts, int most)
    {
        var capped = new List<WorkPart>();
        foreach (var part in parts)
        {
            var count = Math.Clamp(part.Trials, 0, Math.Max(0, most));
            most -= count;
            if (count > 0)
            {
                capped.Add(part with { Trials = count });
            }
        }

        return capped;
    }
}
