namespace TuneLab.Metrics;

/// <summary>
/// The rows of binary predictions by falling value, in blocks of equal values: what ranking metrics walk over. Made once for many weightings.
/// </summary>
internal sealed class Ranking
{
    private readonly int[] _order;
    private readonly bool[] _positive;
    private readonly bool[] _endsBlock;

    public Ranking(Predictions predictions)
    {
        _order = predictions.Order;
        (_positive, _endsBlock) = (new bool[_order.Length], new bool[_order.Length]);
        for (var i = 0; i < _order.Length; i++)
        {
            _positive[i] = predictions.Truth[_order[i]] == 1;
            _endsBlock[i] = i == _order.Length - 1 || predictions.Values[_order[i]] != predictions.Values[_order[i + 1]];
        }
    }

    /// <summary>
    /// Area under the ROC curve: the weighted share of pairs of a positive and a negative row in which the positive one has the higher value, ties counting half.
    /// NaN without positives or without negatives.
    /// </summary>
    /// <param name="weights">[rows], or null: all 1.</param>
    public double AreaUnderCurve(double[]? weights)
    {
        var (above, area, negatives, blockPositive, blockNegative) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < _order.Length; i++)
        {
            var weight = weights is null ? 1 : weights[_order[i]];
            if (_positive[i])
            {
                blockPositive += weight;
            }
            else
            {
                blockNegative += weight;
            }

            if (_endsBlock[i])
            {
                area += blockNegative * (above + blockPositive / 2);
                above += blockPositive;
                negatives += blockNegative;
                (blockPositive, blockNegative) = (0, 0);
            }
        }

        return above > 0 && negatives > 0 ? Math.Clamp(area / above / negatives, 0, 1) : double.NaN;
    }

    /// <summary>
    /// Average precision: precision at each distinct value, weighted by the recall gained there; no interpolation. NaN without positives, 1 without negatives.
    /// </summary>
    /// <param name="weights">[rows], or null: all 1.</param>
    public double AveragePrecision(double[]? weights)
    {
        var (positives, all, sum, blockPositive) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < _order.Length; i++)
        {
            var weight = weights is null ? 1 : weights[_order[i]];
            all += weight;
            if (_positive[i])
            {
                blockPositive += weight;
            }

            if (_endsBlock[i] && blockPositive > 0)
            {
                positives += blockPositive;
                sum += blockPositive * (positives / all);
                blockPositive = 0;
            }
        }

        return positives > 0 ? Math.Clamp(sum / positives, 0, 1) : double.NaN;
    }
}
