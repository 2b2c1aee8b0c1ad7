namespace TuneLab.Pruners;

/// <summary>Whether a running trial goes on.</summary>
/// <param name="Stop">True: it ends here and is stored under the fidelity it reached.</param>
/// <param name="Reason">Why, in words; never empty, also when it goes on.</param>
public readonly record struct PruneDecision(bool Stop, string Reason);

/// <summary>How far one fold of a running trial has come.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Fold">The fold, from 0 over all repeats.</param>
/// <param name="Rounds">[checkpoints] boosting rounds done, ascending.</param>
/// <param name="Losses">[checkpoints] validation loss of the task (less is better) after as many rounds.</param>
/// <param name="Most">The rounds that its configuration asks for.</param>
/// <param name="Complete">Whether its trial is one that was completed.</param>
public sealed record Progress(int Trial, int Fold, IReadOnlyList<int> Rounds, IReadOnlyList<double> Losses, int Most, bool Complete = false)
{
    /// <summary>The least of <see cref="Losses"/>; looked up once, since every checkpoint of a later fold is compared with it.</summary>
    public double Best { get; } = Losses.Min();
}

/// <summary>The folds of a trial that are done.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Losses">[folds done] the objective turned so that less is better, in the order of the folds; at least one.</param>
/// <param name="Folds">How many there are in all.</param>
public sealed record FoldLosses(int Trial, IReadOnlyList<double> Losses, int Folds)
{
    /// <summary>Whether all folds are done.</summary>
    public bool Complete => Losses.Count == Folds;

    /// <summary>The mean of those done.</summary>
    public double Mean => Losses.Average();
}

/// <summary>
/// Says whether a running trial goes on, and why not.
/// <para><b>Contract.</b> Asked by the evaluator after each checkpoint of a fold, from many threads at once, and by the executor after each fold but the last, from one. The answer is a pure function of the
/// progress and of what it was given when the trial was proposed (finished trials below n - lag), so that it does not depend on timing. <b>Errors:</b> none.</para>
/// </summary>
public interface IPruner
{
    /// <summary>The name in the experiment file.</summary>
    string Id { get; }

    /// <summary>Whether the fold goes on.</summary>
    /// <param name="progress">The fold so far.</param>
    /// <param name="finished">The same fold of finished trials of the same trainer on the same rows that the lag rule lets it see, pruned ones among them as far as they went.</param>
    PruneDecision Decide(Progress progress, IReadOnlyList<Progress> finished);

    /// <summary>Whether the trial goes on to its next fold.</summary>
    /// <param name="done">Its folds so far.</param>
    /// <param name="finished">Trials of the same trainer on the same rows and folds that the lag rule lets it see, pruned ones among them, none failed.</param>
    PruneDecision Decide(FoldLosses done, IReadOnlyList<FoldLosses> finished);
}
