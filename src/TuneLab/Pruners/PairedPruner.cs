namespace TuneLab.Pruners;

/// <summary>
/// Ends a trial between two folds when those done are worse than the same folds of a good finished trial (the one that a fifth of all are no worse than) by more than <c>z</c> standard errors: a race in
/// the manner of Maron and Moore 1994 (Hoeffding races), on paired differences (Moore and Lee 1994), with the noise learned from all finished trials instead of the few folds of one.
/// </summary>
/// <param name="z">Standard errors, at least 0. <value>1: of trials as good as the reference, which is no leader, one of six is ended at the first fold.</value></param>
public sealed class PairedPruner(double z = 1) : IPruner
{
    /// <inheritdoc/>
    public string Id => "paired";

    /// <inheritdoc/>
    public bool ReadsCurves => false;

    /// <inheritdoc/>
    public PruneDecision Decide(Progress progress, IReadOnlyList<Progress> finished) => new(false, "only whole folds are compared");

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

    private static string Words(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
