using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Analysis.Holdout;

/// <summary>A point of a curve.</summary>
public sealed record CurvePoint(double X, double Y);

/// <summary>How well a binary model ranks: both curves over all thresholds. Immutable.</summary>
/// <param name="Roc">From (0, 0) to (1, 1): false positive rate and true positive rate; at most <see cref="Most"/> points.</param>
/// <param name="PrecisionRecall">Recall and precision by rising recall; at most <see cref="Most"/> points.</param>
/// <param name="PositiveShare">Weight of the positive rows over that of all: the precision of a guess.</param>
public sealed record RankingCurves(IReadOnlyList<CurvePoint> Roc, IReadOnlyList<CurvePoint> PrecisionRecall, double PositiveShare)
{
    /// <summary>More points than this can't be told apart on a page.</summary>
    public const int Most = 200;

    /// <summary>Of predictions; null unless they are binary with rows of both classes.</summary>
    public static RankingCurves? Of(Predictions predictions)
    {
        if (predictions.Task != LearningTask.Binary || predictions.Counted is not { } rows)
        {
            return null;
        }

        var (positive, negative) = (0.0, 0.0);
        for (var i = 0; i < rows.Count; i++)
        {
            (positive, negative) = rows.Truth[i] == 1 ? (positive + rows.Weight(i), negative) : (positive, negative + rows.Weight(i));
        }

        if (positive == 0 || negative == 0)
        {
            return null;
        }

        List<CurvePoint> roc = [new(0, 0)], precision = [];
        var (hits, misses) = (0.0, 0.0);
        var order = rows.Order;
        for (var i = 0; i < order.Length; i++)
        {
            var row = order[i];
            (hits, misses) = rows.Truth[row] == 1 ? (hits + rows.Weight(row), misses) : (hits, misses + rows.Weight(row));
            if (i + 1 < order.Length && rows.Values[order[i + 1]] == rows.Values[row])
            {
                continue; // no threshold lies between equal predictions
            }

            roc.Add(new CurvePoint(misses / negative, hits / positive));
            if (hits + misses > 0)
            {
                precision.Add(new CurvePoint(hits / positive, hits / (hits + misses)));
            }
        }

        return new RankingCurves(Thin(roc), Thin(precision), positive / (positive + negative));
    }

    // evenly along the curve, its ends kept
    private static List<CurvePoint> Thin(List<CurvePoint> points)
    {
        if (points.Count <= Most)
        {
            return points;
        }

        var thinned = new List<CurvePoint> { points[0] };
        var step = 2.0 / (Most - 2);
        var travelled = 0.0;
        for (var i = 1; i < points.Count - 1; i++)
        {
            travelled += Math.Abs(points[i].X - points[i - 1].X) + Math.Abs(points[i].Y - points[i - 1].Y);
            if (travelled >= step * thinned.Count && thinned.Count < Most - 1)
            {
                thinned.Add(points[i]);
            }
        }

        thinned.Add(points[^1]);
        return thinned;
    }
}
