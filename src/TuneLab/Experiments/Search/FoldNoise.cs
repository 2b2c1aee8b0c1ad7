namespace TuneLab.Experiments.Search;

/// <summary>How much of the difference between two trials' mean scores is chance: folds suit one configuration better than another.</summary>
internal static class FoldNoise
{
    /// <summary>
    /// The variance of a trial's mean score that comes from its folds: the mean square of trials by folds (two-way layout without repeats, so that folds which are hard for all count nothing), over the number of folds.
    /// </summary>
    /// <param name="trials">Trials on the same folds, those on fewer of them are left out; their scores by fold.</param>
    /// <returns>Null with fewer than two trials on two folds.</returns>
    public static double? Of(IEnumerable<double[]> trials)
    {
        var all = trials.ToArray();
        var folds = all.Select(t => t.Length).DefaultIfEmpty(0).Max();
        double[][] whole = [.. all.Where(t => t.Length == folds)];
        if (folds < 2 || whole.Length < 2)
        {
            return null;
        }

        var ofFold = Enumerable.Range(0, folds).Select(f => whole.Average(t => t[f])).ToArray();
        var grand = ofFold.Average();
        var square = whole.Sum(t => t.Average() is var mean ? t.Select((s, f) => s - mean - ofFold[f] + grand).Sum(r => r * r) : 0);
        return square / ((whole.Length - 1) * (folds - 1)) / folds;
    }
}
