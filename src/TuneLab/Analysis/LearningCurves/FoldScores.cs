namespace TuneLab.Analysis.LearningCurves;

/// <summary>
/// Makes points of a learning curve from the scores of the same folds at several sizes. A fold that is harder than the others is so at every size; that moves the curve and does not bend it, so it is taken out: score = size's mean +
/// fold's offset + noise. The noise's standard deviation is taken to fall with a power of the size, from 0 (alike everywhere) to 1, found by restricted maximum likelihood (Patterson and Thompson 1971), which steadies it: a few folds say little of one size's noise
/// by themselves. Folds of one table share training rows, so their noise is not independent and their mean strays further than they show: its variance is taken 1/n + test/train times that of one fold, as in <see cref="CorrectedResampledTTest"/>
/// (Nadeau and Bengio 2003).
/// </summary>
public static class FoldScores
{
    private const int Powers = 20;

    /// <summary>The points, in the order given.</summary>
    /// <param name="sizes">[sizes] above 0; at least two different ones.</param>
    /// <param name="scores">[sizes][folds] at least two folds, the same ones at every size; finite.</param>
    /// <param name="testTrainRatio">Rows scored on over rows fitted on at the largest size, of a fold: 1 / (k - 1) for k folds; at least 0.</param>
    /// <exception cref="ArgumentException">Fewer than two sizes or folds, not the same number of folds everywhere, or a number that is none.</exception>
    public static IReadOnlyList<LearningPoint> Points(IReadOnlyList<double> sizes, IReadOnlyList<IReadOnlyList<double>> scores, double testTrainRatio)
    {
        var folds = scores.Count == 0 ? 0 : scores[0].Count;
        if (sizes.Distinct().Count() < 2 || scores.Count != sizes.Count || folds < 2 || scores.Any(s => s.Count != folds) || !sizes.All(s => s > 0 && double.IsFinite(s)) || !scores.All(s => s.All(double.IsFinite)) || !(testTrainRatio >= 0))
        {
            throw new ArgumentException("A learning curve needs finite scores of the same two folds or more at two sizes above 0 or more, and a ratio of rows scored on to rows fitted on of at least 0.", nameof(scores));
        }

        var largest = sizes.Max();
        double[] means = [.. scores.Select(s => s.Average())];
        var (noise, power) = Enumerable.Range(0, Powers + 1).Select(i => i / (double)Powers)
            .Select(p => (Noise([.. sizes.Select(s => Math.Pow(s / largest, -2 * p))], scores, means), p))
            .MinBy(c => c.Item1.Deviance);
        var error = Math.Sqrt((1.0 / folds + testTrainRatio) * noise.Variance);
        return [.. sizes.Select((s, i) => new LearningPoint(s, means[i], error * Math.Pow(s / largest, -power)))];
    }

    // the variance of a noise of that profile, and -2 log of the restricted likelihood but for a constant
    private static (double Variance, double Deviance) Noise(double[] profile, IReadOnlyList<IReadOnlyList<double>> scores, double[] means)
    {
        var (sizes, folds, precision) = (profile.Length, scores[0].Count, profile.Sum(v => 1 / v));
        var squares = 0.0;
        for (var f = 0; f < folds; f++)
        {
            double[] away = [.. scores.Select((s, i) => s[f] - means[i])];
            var offset = away.Select((a, i) => a / profile[i]).Sum() / precision;
            squares += away.Select((a, i) => (a - offset) * (a - offset) / profile[i]).Sum();
        }

        var variance = squares / ((folds - 1) * (sizes - 1));
        return (variance, profile.Sum(Math.Log) + Math.Log(precision) + (sizes - 1) * Math.Log(Math.Max(variance, double.Epsilon)));
    }
}
