using TuneLab.Pruners;
using TuneLab.Storage;

namespace TuneLab.Experiments.Running;

/// <summary>
/// Keeps the curves of finished trials and asks the trial's pruner about a fold with those that the lag rule lets it see. A fold found in the cache is judged as if it were running, so that a full
/// cache changes no decision. Curves are added by the executor's thread; judges are asked by jobs.
/// </summary>
internal sealed class PruningJudge
{
    private readonly Dictionary<(string Trainer, Fidelity Fidelity, int Fold), SortedList<int, Progress>> _finished = [];

    /// <summary>Takes in the curves of a finished trial: those of its folds that count, a pruned one as far as it went.</summary>
    public void Add(TrialWork work, IReadOnlyList<Evaluation> folds, bool complete)
    {
        for (var fold = 0; fold < folds.Count; fold++)
        {
            var key = (work.Trainer.Trainer.Info.Id, work.Fidelity, fold);
            if (!_finished.TryGetValue(key, out var curves))
            {
                _finished.Add(key, curves = []);
            }

            curves[work.Number] = new Progress(work.Number, fold, folds[fold].Rounds, folds[fold].Losses, MostRounds(work), complete);
        }
    }

    /// <summary>The judge of one fold; null where curves end none.</summary>
    public Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? For(TrialWork work, int fold)
    {
        if (work.Pruning is not { } pruning)
        {
            return null;
        }

        Progress[] visible = _finished.TryGetValue((work.Trainer.Trainer.Info.Id, work.Fidelity, fold), out var curves) ? [.. curves.Values.TakeWhile(c => c.Trial < pruning.SeesBelow)] : [];
        // one round has no curve: a program that was not told how many to do does as many as others of its have done
        var most = MostRounds(work) is > 1 and var said ? said : visible.Where(c => c.Complete && c.Rounds.Count > 0).Select(c => c.Rounds[^1]).Append(1).Max();
        // where it was paused it has been judged already, and by others: it is the same whether it goes on there, is trained again or is found whole
        var paused = work.GoesOnFrom is { } before ? (work.Fidelity with { Rounds = before }).RoundsOf(AllRounds(work)) : 0;
        return (rounds, losses) => paused > 0 && (rounds.Count < 2 || rounds[^2] < paused) ? new PruneDecision(false, "judged before it was paused") : pruning.Pruner.Decide(new Progress(work.Number, fold, rounds, losses, most), visible);
    }

    /// <summary>A stored curve as far as the judge lets it go; null when it goes to its end.</summary>
    public static Evaluation? Cut(Evaluation evaluation, Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision> judge)
    {
        for (var i = 1; i < evaluation.Rounds.Length; i++)
        {
            if (judge(evaluation.Rounds[..i], evaluation.Losses[..i]) is { Stop: true } decision)
            {
                return evaluation.Until(i, decision.Reason);
            }
        }

        return null;
    }

    private static int MostRounds(TrialWork work) => work.Fidelity.RoundsOf(AllRounds(work));

    private static int AllRounds(TrialWork work) => Math.Max(1, work.Trainer.Trainer.Info.MaxRounds(work.Configuration));
}
