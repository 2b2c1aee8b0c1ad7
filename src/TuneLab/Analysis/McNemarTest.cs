using MathNet.Numerics.Distributions;
using TuneLab.Metrics;

namespace TuneLab.Analysis;

/// <summary>What McNemar's test finds.</summary>
/// <param name="Won">Rows that only the winner labels right.</param>
/// <param name="Lost">Rows that only the rival labels right.</param>
/// <param name="P">One-sided: of "the winner is right on no more rows than the rival"; 1 when they never differ.</param>
public sealed record McNemar(int Won, int Lost, double P);

/// <summary>
/// Compares the labels of two classifiers on the same rows (McNemar 1947): of the rows that only one of them labels right, the winner's share is tested against a half by the exact binomial distribution. Rows count once, whatever their weight.
/// </summary>
public static class McNemarTest
{
    /// <summary>Two classifiers.</summary>
    /// <param name="winner">Predictions of the one.</param>
    /// <param name="rival">Predictions of the other: same truth, row by row.</param>
    /// <exception cref="ArgumentException">The predictions are not of the same rows.</exception>
    public static McNemar Run(Predictions winner, Predictions rival)
    {
        if (!winner.Truth.AsSpan().SequenceEqual(rival.Truth))
        {
            throw new ArgumentException("McNemar's test needs two predictions of the same rows.", nameof(rival));
        }

        var (won, lost) = (0, 0);
        for (var i = 0; i < winner.Count; i++)
        {
            var (a, b) = (winner.Labels[i] == winner.Truth[i], rival.Labels[i] == rival.Truth[i]);
            won += a && !b ? 1 : 0;
            lost += b && !a ? 1 : 0;
        }

        // so many wins or more; equal to so few losses or less
        return new McNemar(won, lost, won + lost == 0 ? 1 : Binomial.CDF(0.5, won + lost, lost));
    }
}
