using TuneLab.Pruners;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>
/// Keeps the curves of the pass that is running and asks the trial's pruner about a fold with those that the lag rule lets it see. A fold found in the cache is judged as if it were running, so that a full
/// cache changes no decision. Curves are added by the executor's thread; judges are asked by jobs.
/// </summary>
internal sealed class PruningJudge
{
    private readonly List<(TrialWork Work, IReadOnlyList<Evaluation> Folds)> _finished = [];

    /// <summary>Takes in the curves of a trial of which no fold was pruned; those of an earlier pass are let go.</summary>
    public void Add(TrialWork work, IReadOnlyList<Evaluation> folds)
    {
        _finished.RemoveAll(f => f.Work.Pass < work.Pass);
        _finished.Add((work, folds));
    }

    /// <summary>The judge of one fold; null where curves end none.</summary>
    public Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? For(TrialWork work, int fold)
    {
        if (work.Pruning is not { Pruner.ReadsCurves: true } pruning)
        {
            return null;
        }

        var visible = _finished.Where(f => f.Work.Number < pruning.SeesBelow && f.Work.Pass == work.Pass && f.Work.Trainer.Trainer.Info.Id == work.Trainer.Trainer.Info.Id && fold < f.Folds.Count)
            .OrderBy(f => f.Work.Number).Select(f => new Progress(f.Work.Number, fold, f.Folds[fold].Rounds, f.Folds[fold].Losses)).ToList();
        return (rounds, losses) => pruning.Pruner.Decide(new Progress(work.Number, fold, rounds, losses), visible);
    }

    /// <summary>A stored curve as far as the judge lets it go; null when it goes to its end.</summary>
    public static Evaluation? Cut(Evaluation evaluation, Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision> judge)
    {
        for (var i = 1; i < evaluation.Rounds.Length; i++)
        {
            if (judge(evaluation.Rounds[..i], evaluation.Losses[..i]) is { Stop: true } decision)
            {
                return evaluation with { Rounds = evaluation.Rounds[..i], Losses = evaluation.Losses[..i], Scores = evaluation.Scores[..(i * evaluation.Metrics.Length)], Stopped = decision.Reason };
            }
        }

        return null;
    }
}
