using MathNet.Numerics.Statistics;

namespace TuneLab.Pruners;

/// <summary>
/// Stops a fold whose best loss so far is worse than the median, over the finished trials, of their best losses after as many rounds (the median stopping rule of Golovin et al. 2017, section 3.3.1,
/// without their averaging over time).
/// </summary>
/// <param name="fewest">Finished trials without which nothing is stopped, at least 1. <value>5</value></param>
/// <param name="warmUp">Rounds that every fold may do, a tenth of those that its configuration asks for at most: a program's rounds may be few. <value>10</value></param>
public sealed class MedianPruner(int fewest = 5, int warmUp = 10) : IPruner
{
    /// <inheritdoc/>
    public string Id => "median";

    /// <inheritdoc/>
    public PruneDecision Decide(Progress progress, IReadOnlyList<Progress> finished)
    {
        var rounds = progress.Rounds[^1];
        var least = Math.Min(warmUp, progress.Most / 10.0);
        if (rounds < least)
        {
            return new PruneDecision(false, Words("only {0} of {1} warm-up rounds are done", rounds, least));
        }

        var others = finished.Where(f => f.Complete).Select(f => BestUpTo(f, rounds)).Where(double.IsFinite).ToList();
        if (others.Count < Math.Max(1, fewest))
        {
            return new PruneDecision(false, Words("only {0} of {1} trials to compare with", others.Count, fewest));
        }

        var (best, median) = (BestUpTo(progress, rounds), others.Median());
        return best <= median
            ? new PruneDecision(false, Words("loss {0:G5} after {1} rounds is no worse than the median {2:G5}", best, rounds, median))
            : new PruneDecision(true, Words("loss {0:G5} after {1} rounds is worse than the median {2:G5} of {3} trials", best, rounds, median, others.Count));
    }

    /// <inheritdoc/>
    public PruneDecision Decide(FoldLosses done, IReadOnlyList<FoldLosses> finished) => new(false, "only curves within a fold are compared");

    private static double BestUpTo(Progress progress, int rounds)
    {
        var best = double.NaN;
        for (var i = 0; i < progress.Rounds.Count && progress.Rounds[i] <= rounds; i++)
        {
            best = double.IsNaN(best) ? progress.Losses[i] : Math.Min(best, progress.Losses[i]);
        }

        return best;
    }

    private static string Words(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
