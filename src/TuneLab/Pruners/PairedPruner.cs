namespace TuneLab.Pruners;

/// <summary>
/// Ends a trial that is behind on the folds it has done, or can't catch up within one.
/// <para>Between two folds: when those done are worse than the same folds of a good finished trial (the one that a fifth of all are no worse than) by more than <c>z</c> standard errors: a race in
/// the manner of Maron and Moore 1994 (Hoeffding races), on paired differences (Moore and Lee 1994), with the noise learned from all finished trials instead of the few folds of one.</para>
/// <para>Within a fold: when the loss that it may still reach lies above a good finished trial's on this fold (the one that a fifth are no worse than, the third best at least) by more than that lies above the best. What it may still fall is
/// the rounds left times its last slope, since the curve of a boosted ensemble flattens; or twice what is left when each two checkpoints bring a constant part of the two before, which the power law of a learning curve does on a grid whose
/// steps grow with the rounds. Nothing is ended before the slope is a quarter of what it was at its steepest.</para>
/// </summary>
/// <param name="z">Standard errors, at least 0. <value>1: of trials as good as the reference, which is no leader, one of six is ended at the first fold.</value></param>
public sealed class PairedPruner(double z = 1) : IPruner
{
    private const int FewestCheckpoints = 8;
    private const int FewestFinished = 5;
    private const int GoodPlace = 3;
    private const double BestShare = 0.2;
    private const double Flat = 0.25;

    /// <inheritdoc/>
    public string Id => "paired";

    /// <inheritdoc/>
    public PruneDecision Decide(Progress progress, IReadOnlyList<Progress> finished)
    {
        var rounds = progress.Rounds[^1];
        if (progress.Rounds.Count < FewestCheckpoints || rounds >= progress.Most)
        {
            return new PruneDecision(false, Words("{0} rounds of {1} say nothing yet", rounds, progress.Most));
        }

        double[] bests = [.. finished.Where(f => f.Complete).Select(f => f.Best).Where(double.IsFinite).Order()];
        if (finished.Count < FewestFinished || bests.Length < GoodPlace)
        {
            return new PruneDecision(false, "too few finished trials to compare with");
        }

        var (best, floor) = Outlook(progress);
        var good = bests[Math.Min(bests.Length, Math.Max(GoodPlace, (int)Math.Ceiling(BestShare * finished.Count))) - 1];
        var limit = good + (good - bests[0]);
        return floor > limit
            ? new PruneDecision(true, Words("loss {0:G5} after {1} of {2} rounds, on its way to {3:G5} at best, is worse than {4:G5}", best, rounds, progress.Most, floor, limit))
            : new PruneDecision(false, Words("loss {0:G5} after {1} of {2} rounds may reach {3:G5}", best, rounds, progress.Most, limit));
    }

    /// <inheritdoc/>
    public PruneDecision Decide(FoldLosses done, IReadOnlyList<FoldLosses> finished)
    {
        if (FoldReference.Of(finished) is not { } reference)
        {
            return new PruneDecision(false, "too few finished trials to compare with");
        }

        var (gap, error) = (reference.Gap(done.Losses), reference.Deviation / Math.Sqrt(done.Losses.Count));
        return gap > z * error
            ? new PruneDecision(true, Words("after {0} of {1} folds worse than trial {2} on the same folds by {3:G3}, {4:G2} would be noise", done.Losses.Count, done.Folds, reference.Trial.Trial, gap, z * error))
            : new PruneDecision(false, Words("after {0} of {1} folds not clearly worse than trial {2}", done.Losses.Count, done.Folds, reference.Trial.Trial));
    }

    // the best loss, and what it may still become
    private static (double Best, double Floor) Outlook(Progress progress)
    {
        var (bests, steepest) = (new double[progress.Losses.Count], 0.0);
        for (var i = 0; i < bests.Length; i++)
        {
            bests[i] = i == 0 ? progress.Losses[0] : Math.Min(bests[i - 1], progress.Losses[i]);
            steepest = i == 0 ? 0 : Math.Max(steepest, (bests[i - 1] - bests[i]) / (progress.Rounds[i] - progress.Rounds[i - 1]));
        }

        var (before, last) = (bests[^5] - bests[^3], bests[^3] - bests[^1]);
        var slope = last / (progress.Rounds[^1] - progress.Rounds[^3]);
        if (!(steepest > 0 && slope <= Flat * steepest))
        {
            return (bests[^1], double.NegativeInfinity);
        }

        var straight = slope * (progress.Most - progress.Rounds[^1]);
        return (bests[^1], bests[^1] - (last < before ? Math.Min(straight, 2 * last * last / (before - last)) : straight));
    }

    private static string Words(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
