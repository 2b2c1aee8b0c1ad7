using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Analysis.Holdout;

/// <summary>Predicted and true numbers of a regression. Immutable.</summary>
/// <param name="Points">Prediction (X) and truth (Y) of at most <see cref="Most"/> rows, drawn at random where there are more.</param>
/// <param name="Quantiles">Truth minus prediction over all rows, at 5, 25, 50, 75 and 95 %.</param>
public sealed record Residuals(IReadOnlyList<CurvePoint> Points, IReadOnlyList<double> Quantiles)
{
    /// <summary>More points than this make a figure heavy and no clearer.</summary>
    public const int Most = 500;

    private static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>Of predictions of a regression; null when a number is not finite or there are none.</summary>
    /// <param name="predictions">The predictions.</param>
    /// <param name="seed">Draws the rows shown.</param>
    public static Residuals? Of(Predictions predictions, Seed seed)
    {
        if (predictions.Count == 0 || !predictions.AllFinite)
        {
            return null;
        }

        var rows = Enumerable.Range(0, predictions.Count).ToArray();
        var random = seed.Random();
        for (var i = 0; i < Math.Min(Most, rows.Length - 1); i++)
        {
            var other = i + random.NextInt(rows.Length - i);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }

        double[] errors = [.. Enumerable.Range(0, predictions.Count).Select(i => predictions.Truth[i] - predictions.Values[i]).Order()];
        return new Residuals([.. rows.Take(Most).Order().Select(i => new CurvePoint(predictions.Values[i], predictions.Truth[i]))], [.. Shares.Select(q => errors[(int)Math.Round(q * (errors.Length - 1))])]);
    }
}
