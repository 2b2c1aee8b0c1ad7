using MathNet.Numerics.Statistics;
using TuneLab.Storage;

namespace TuneLab.Experiments.Search;

/// <summary>How well fewer rows, rounds or folds rank configurations: Spearman's correlation of the losses of those that were tried on both, pruned ones by the loss that was to be expected.</summary>
internal static class FidelityRanks
{
    private const int FewestPairs = 5;

    // below it the best at a low fidelity are hardly better than any
    private const double LeastCorrelation = 0.3;

    /// <summary>The correlation, and whether the lower fidelity ranks badly; null where fewer than five configurations were tried on both.</summary>
    /// <param name="lanes">Each lane's own pairs are ranked, and the correlations averaged by their numbers of pairs: that one trainer is better than another says nothing about configurations.</param>
    /// <param name="low">A fidelity.</param>
    /// <param name="high">A higher one.</param>
    public static (double Correlation, int Pairs, bool RanksBadly)? Between(IEnumerable<Lane> lanes, Fidelity low, Fidelity high)
    {
        var (sum, pairs) = (0.0, 0);
        foreach (var lane in lanes)
        {
            var (below, above) = (lane.LossesAt(low), lane.LossesAt(high));
            string[] both = [.. below.Keys.Where(above.ContainsKey)];
            var correlation = both.Length > 2 ? Correlation.Spearman(both.Select(c => below[c]), both.Select(c => above[c])) : double.NaN;
            if (double.IsFinite(correlation))
            {
                (sum, pairs) = (sum + (both.Length * correlation), pairs + both.Length);
            }
        }

        return pairs < FewestPairs ? null : (sum / pairs, pairs, sum / pairs < LeastCorrelation);
    }

    /// <summary>In words.</summary>
    public static string Words(Fidelity low, Fidelity high, double correlation, int pairs, bool badly) => string.Create(CultureInfo.InvariantCulture,
        $"{low} rank {pairs} configurations as {high} do with correlation {correlation:F2}{(badly ? ": too badly to go by" : "")}");
}
