using MathNet.Numerics.Statistics;

namespace TuneLab.Pruners;

/// <summary>
/// What the folds of a trial are compared with, fold by fold: the finished trial that a fifth of all are no worse than. The noise of such a difference is the median, over the completed trials, of its
/// variance from fold to fold; what all trials find hard in a fold cancels.
/// </summary>
internal sealed class FoldReference
{
    private const int FewestFinished = 5;
    private const int FewestCompleted = 3;
    private const double BestShare = 0.2;

    private FoldReference(FoldLosses trial, double deviation) => (Trial, Deviation) = (trial, deviation);

    /// <summary>The trial.</summary>
    public FoldLosses Trial { get; }

    /// <summary>The standard deviation of a fold's difference.</summary>
    public double Deviation { get; }

    /// <summary>The reference among finished trials; null where there are too few of them (five, of them three completed) or a single fold.</summary>
    public static FoldReference? Of(IReadOnlyList<FoldLosses> finished)
    {
        FoldLosses[] completed = [.. finished.Where(f => f.Complete && f.Folds > 1).OrderBy(f => f.Mean).ThenBy(f => f.Trial)];
        if (finished.Count < FewestFinished || completed.Length < FewestCompleted)
        {
            return null;
        }

        var trial = completed[Math.Min(completed.Length, (int)Math.Ceiling(BestShare * finished.Count)) - 1];
        var variances = completed.Where(c => c != trial).Select(c => c.Losses.Zip(trial.Losses, (a, b) => a - b).Variance()).Where(double.IsFinite).ToList();
        return variances.Count == 0 ? null : new FoldReference(trial, Math.Sqrt(variances.Median() / MedianShare(trial.Folds - 1)));
    }

    /// <summary>By how much a trial's folds are worse than the reference's same folds, in the mean.</summary>
    public double Gap(IReadOnlyList<double> losses) => losses.Select((loss, fold) => loss - Trial.Losses[fold]).Average();

    /// <summary>What a trial's mean over all folds is expected to be from those done.</summary>
    public double Project(IReadOnlyList<double> losses) => Trial.Mean + Gap(losses);

    // the median of a sample variance over what it estimates (Wilson and Hilferty 1931)
    private static double MedianShare(int degrees) => Math.Pow(1 - (2.0 / (9 * degrees)), 3);
}
