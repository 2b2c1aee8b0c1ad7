using MathNet.Numerics.Statistics;

namespace TuneLab.Experiments.Search;

/// <summary>How well fewer rows rank configurations: Spearman's correlation of the losses of those that were tried on both, pruned ones by the loss that was to be expected.</summary>
internal static class FidelityRanks
{
    private const int FewestPairs = 5;

    // below it a sample's best are hardly better than any
    private const double LeastCorrelation = 0.3;

    /// <summary>The correlation, and whether the lower fidelity ranks badly; null where fewer than five configurations were tried on both.</summary>
    /// <param name="lanes">Each lane's own pairs are ranked, and the correlations averaged by their numbers of pairs: that one trainer is better than another says nothing about configurations.</param>
    /// <param name="low">A fraction of rows.</param>
    /// <param name="high">A larger one.</param>
    public static (double Correlation, int Pairs, bool RanksBadly)? Between(IEnumerable<Lane> lanes, double low, double high)
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
    public static string Words(double low, double high, double correlation, int pairs, bool badly) => string.Create(CultureInfo.InvariantCulture,
        $"{low:P0} of the rows rank {pairs} configurations as {high:P0} do with correlation {correlation:F2}{(badly ? ": too badly to go by" : "")}");
}
