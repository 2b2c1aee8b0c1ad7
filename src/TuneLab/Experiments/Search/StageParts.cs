namespace TuneLab.Experiments.Search;

/// <summary>How a budget is divided among the stages before confirm: time by their shares, and by the same shares what trials those leave that say how many they have.</summary>
internal static class StageParts
{
    // the same whatever the stages are called; confirm's part is kept back by the caller
    private static readonly double[] Usual = [0.35, 0.30, 0.25];

    /// <summary>Each stage's share, as a weight among the others.</summary>
    public static double[] Shares(IReadOnlyList<StagePlan> stages) => [.. stages.Select((s, i) => s.Share ?? Usual[Math.Min(i, Usual.Length - 1)])];

    /// <summary>A stage with its trials, where it does not say how many.</summary>
    /// <param name="stages">All before confirm.</param>
    /// <param name="at">Which of them.</param>
    /// <param name="left">The trials that are left when it begins.</param>
    /// <param name="folds">How many folds there are.</param>
    public static StagePlan WithTrials(IReadOnlyList<StagePlan> stages, int at, int left, int folds)
    {
        var stage = stages[at];
        if (stage.Trials is not null)
        {
            return stage;
        }

        var later = stages.Skip(at + 1).ToList();
        var weights = Shares(stages).Zip(stages).Skip(at).Where(s => s.Second.Trials is null).Sum(s => s.First);
        var own = (left - later.Sum(s => Rungs.Planned(s, folds) ?? 0)) * Shares(stages)[at] / weights;
        if (stage.Halving is null)
        {
            return stage with { Trials = Math.Max(1, (int)Math.Ceiling(Math.Round(own) / stage.Passes)) };
        }

        var trials = 1;
        while (Rungs.Planned(stage with { Trials = trials + 1 }, folds) <= own)
        {
            trials++;
        }

        return stage with { Trials = trials };
    }
}
