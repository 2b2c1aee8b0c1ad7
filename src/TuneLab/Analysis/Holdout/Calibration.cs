using MathNet.Numerics.Distributions;
using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Analysis.Holdout;

/// <summary>Rows of similar predicted probability.</summary>
/// <param name="Predicted">Their mean predicted probability.</param>
/// <param name="Observed">The share that is positive (weighted).</param>
/// <param name="Low">Lower end of the 95 % interval of that share (Wilson 1927), by the number of rows.</param>
/// <param name="High">Upper end.</param>
/// <param name="Rows">How many.</param>
public sealed record CalibrationBin(double Predicted, double Observed, double Low, double High, int Rows);

/// <summary>Whether predicted probabilities are what happens. Immutable.</summary>
/// <param name="Bins">Of about as many rows each, by rising probability.</param>
/// <param name="Error">Expected calibration error: the mean distance of observed from predicted, over the rows.</param>
public sealed record Calibration(IReadOnlyList<CalibrationBin> Bins, double Error)
{
    private const int MostBins = 10;
    private const int FewestRows = 20;

    /// <summary>Of predictions; null unless they are binary, with enough rows for two bins of 20.</summary>
    public static Calibration? Of(Predictions predictions)
    {
        if (predictions.Task != LearningTask.Binary || predictions.Counted is not { } rows || rows.Count < 2 * FewestRows)
        {
            return null;
        }

        var order = rows.Order.Reverse().ToArray();
        var bins = new List<CalibrationBin>();
        var wanted = Math.Min(MostBins, rows.Count / FewestRows);
        for (var (begin, bin) = (0, 1); bin <= wanted && begin < order.Length; bin++)
        {
            var end = (int)((long)order.Length * bin / wanted);
            while (end < order.Length && end > begin && rows.Values[order[end]] == rows.Values[order[end - 1]])
            {
                end++; // equal predictions are one
            }

            if (end > begin)
            {
                bins.Add(Bin(rows, order.AsSpan(begin, end - begin)));
                begin = end;
            }
        }

        return new Calibration(bins, bins.Sum(b => b.Rows * Math.Abs(b.Observed - b.Predicted)) / rows.Count);
    }

    private static CalibrationBin Bin(Predictions rows, ReadOnlySpan<int> own)
    {
        var (weight, predicted, positive) = (0.0, 0.0, 0.0);
        foreach (var row in own)
        {
            weight += rows.Weight(row);
            predicted += rows.Weight(row) * rows.Values[row];
            positive += rows.Weight(row) * rows.Truth[row];
        }

        var (n, share, z) = (own.Length, positive / weight, Normal.InvCDF(0, 1, 0.975));
        var middle = (share + (z * z / (2 * n))) / (1 + (z * z / n));
        var reach = z / (1 + (z * z / n)) * Math.Sqrt((share * (1 - share) / n) + (z * z / (4.0 * n * n)));
        return new CalibrationBin(predicted / weight, share, Math.Max(0, middle - reach), Math.Min(1, middle + reach), n);
    }
}
