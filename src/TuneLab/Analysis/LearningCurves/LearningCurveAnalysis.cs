using MathNet.Numerics.Distributions;
using TuneLab.Metrics;
using TuneLab.Randomness;

namespace TuneLab.Analysis.LearningCurves;

/// <summary>
/// Learning curves: the score of one configuration by the rows (or rounds) that it learned from, as a power law with asymptote or an exponential (forms compared in Viering and Loog 2023), and what twice as much would bring.
/// <para><b>Interval.</b> A parametric bootstrap: points are drawn around the curve with their errors, both forms are fitted again, and what a new point would stray by is added. Errors are widened where the points lie further from the curve than they
/// explain; an error beyond the largest size is read from how the errors fall with the size. Real curves are neither form exactly, and no few points show by how much: what a doubling beyond the largest size brings is drawn with a factor whose logarithm has the
/// deviation <see cref="StepDeviation"/>, which <c>TuneLab.Benchmarks -- curves</c> found enough on real tables.</para>
/// <para>Points are taken to be independent of each other. Scores of the same runs after several rounds are not: their interval is a rough one.</para>
/// <para>It knows what the sizes measured show and nothing of what comes after: a curve that stops and rises again later is not foreseen.</para>
/// </summary>
public static class LearningCurveAnalysis
{
    /// <summary>With fewer sizes than this there is no answer: a curve has three parameters.</summary>
    public const int FewestSizes = 4;

    /// <summary>The share of new measurements that an interval is meant to hold.</summary>
    public const double Level = 0.9;

    /// <summary>The standard deviation of the logarithm of the factor by which a doubling brings more or less than the fitted curve says: in 90 of 100 cases between 0.44 and 2.3 times as much.</summary>
    public const double StepDeviation = 0.5;

    private const int Draws = 1000;
    private const int LinePoints = 33;

    // a curve that improves on the level one by less than chance would, in 95 of 100 cases, is called flat
    private const double FlatLevel = 0.95;

    /// <summary>Fits a curve and looks ahead.</summary>
    /// <param name="points">The score at several sizes, of one configuration on the same folds; in any order.</param>
    /// <param name="objective">Name and direction of the score.</param>
    /// <param name="unit">What sizes count, for the sentence: <c>rows</c>, <c>rounds</c>.</param>
    /// <param name="seed">Draw i comes from its child i.</param>
    /// <param name="forecastAt">The size to look ahead to. <value>Twice the largest.</value></param>
    /// <param name="mayStay">Whether the score may stay what it is at the largest size, so that an interval beyond it holds that: of rounds, no more are taken than are good for. <value>False.</value></param>
    /// <returns>The curve, or why there is none yet: fewer than four sizes, or errors that are not known.</returns>
    public static Analyzed<LearningCurve> Run(IReadOnlyList<LearningPoint> points, Objective objective, string unit, Seed seed, double? forecastAt = null, bool mayStay = false)
    {
        LearningPoint[] measured = [.. points.Where(p => p.Size > 0 && double.IsFinite(p.Size) && double.IsFinite(p.Score)).OrderBy(p => p.Size)];
        var sizes = measured.Select(p => p.Size).Distinct().Count();
        if (sizes < FewestSizes)
        {
            return Analyzed<LearningCurve>.Not(string.Create(CultureInfo.InvariantCulture, $"a learning curve needs scores at {FewestSizes} numbers of {unit} or more, and there are {sizes}"));
        }

        return measured.All(p => p.Error >= 0 && double.IsFinite(p.Error))
            ? Analyzed<LearningCurve>.Of(Fit(measured, objective, unit, seed, forecastAt ?? 2 * measured[^1].Size, mayStay))
            : Analyzed<LearningCurve>.Not("a learning curve needs the errors of its points, which take at least two folds");
    }

    private static LearningCurve Fit(LearningPoint[] points, Objective objective, string unit, Seed seed, double ahead, bool mayStay)
    {
        double[] sizes = [.. points.Select(p => p.Size)];
        double[] scores = [.. points.Select(p => p.Score)];
        var errors = Errors(points);
        var fitter = new CurveFitter(sizes, errors, objective.HigherIsBetter);
        var fit = fitter.Fit(scores);
        var widening = Math.Sqrt(Math.Max(1, fit.Misfit / (points.Length - 3)));
        double[] at = [.. Spread(sizes[0], Math.Max(ahead, sizes[^1])), ahead];
        var noise = new ErrorTrend(sizes, errors);
        var draws = Array.ConvertAll(at, _ => new double[Draws]);
        var gains = new double[Draws];
        var drawn = new double[scores.Length];
        for (var d = 0; d < Draws; d++)
        {
            var random = seed.Child(d).Random();
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = fit.At(sizes[i]) + widening * errors[i] * random.NextNormal();
            }

            var again = fitter.Fit(drawn);
            var (stray, bend) = (widening * random.NextNormal(), StepDeviation * random.NextNormal());
            gains[d] = objective.Gain(Beyond(again, ahead, bend), again.At(sizes[^1]));
            for (var i = 0; i < at.Length; i++)
            {
                draws[i][d] = Beyond(again, at[i], bend) + stray * noise.At(at[i]);
            }
        }

        CurveEstimate[] estimates = [.. at.Select((size, i) => Estimate(size, fit.At(size), draws[i], (objective as Metric)?.Range ?? (double.NegativeInfinity, double.PositiveInfinity)))];
        if (mayStay)
        {
            estimates = Array.ConvertAll(estimates, e => e.Size <= sizes[^1] ? e : e with { Low = Math.Min(e.Low, scores[^1]), High = Math.Max(e.High, scores[^1]) });
        }

        var gain = Math.Max(0, objective.Gain(estimates[^1].Value, fit.At(sizes[^1])));
        var flat = new BootstrapScore(gain, gains).UpperBound < widening * noise.At(ahead)
            || fitter.LevelMisfit(scores) - fit.Misfit <= widening * widening * ChiSquared.InvCDF(2, FlatLevel);
        return new LearningCurve(points, fit, estimates[..^1], estimates[^1], gain, flat, Words(estimates[^1], gain, flat, sizes[^1], objective, unit));
    }

    // the curve, what it gains beyond the largest size made more or less
    private static double Beyond(FittedCurve curve, double size, double bend)
        => size <= curve.Largest ? curve.At(size) : curve.At(curve.Largest) + (curve.At(size) - curve.At(curve.Largest)) * Math.Exp(bend * Math.Log2(size / curve.Largest));

    // a point without error (folds that agree to the last digit) must not outweigh all others
    private static double[] Errors(LearningPoint[] points)
    {
        var range = points.Max(p => p.Score) - points.Min(p => p.Score);
        var least = points.Where(p => p.Error > 0).Select(p => p.Error).DefaultIfEmpty(1e-6 * Math.Max(range, 1e-6 * points.Max(p => Math.Abs(p.Score)))).Min();
        return [.. points.Select(p => Math.Max(p.Error, Math.Max(least, 1e-150)))];
    }

    private static IEnumerable<double> Spread(double from, double to) => Enumerable.Range(0, LinePoints).Select(i => i == LinePoints - 1 ? to : from * Math.Pow(to / from, i / (LinePoints - 1.0)));

    private static CurveEstimate Estimate(double size, double value, double[] draws, (double Low, double High) range)
    {
        var score = new BootstrapScore(value, draws);
        return new CurveEstimate(size, Within(value), Within(Math.Min(value, score.Quantile((1 - Level) / 2))), Within(Math.Max(value, score.Quantile((1 + Level) / 2))));

        double Within(double number) => Math.Clamp(number, range.Low, range.High);
    }

    private static string Words(CurveEstimate forecast, double gain, bool flat, double largest, Objective objective, string unit)
    {
        var much = forecast.Size == 2 * largest ? "Twice the " + unit : string.Create(CultureInfo.InvariantCulture, $"{forecast.Size:0} {unit}");
        return flat
            ? $"Flat: {char.ToLowerInvariant(much[0])}{much[1..]} would bring {objective.Id} nothing that shows beside its noise."
            : string.Create(CultureInfo.InvariantCulture, $"{much} would bring {objective.Id} to about {forecast.Value:G4} ({100 * Level:0} % interval {forecast.Low:G4} to {forecast.High:G4}), {gain:G2} better than now.");
    }
}
