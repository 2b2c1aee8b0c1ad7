using MathNet.Numerics.LinearAlgebra;

namespace TuneLab.Samplers.CmaEs;

/// <summary>
/// The search distribution after some generations; immutable. Coordinates are the numbers of the box that can vary, each in [0, 1].
/// x = Mean + Sigma * Scale * B * D * z with z standard normal; B D^2 B' is the covariance.
/// </summary>
internal sealed class CmaEsState
{
    private CmaEsState(double[] mean, double sigma, double[] scale, Matrix<double> covariance, double[] pathSigma, double[] pathC, int generation)
    {
        (Mean, Sigma, Scale, Covariance, PathSigma, PathC, Generation) = (mean, sigma, scale, covariance, pathSigma, pathC, generation);
        if (mean.Length == 0)
        {
            (Axes, Lengths) = (covariance, []);
            return;
        }

        var factors = covariance.Evd(Symmetricity.Symmetric);
        Axes = factors.EigenVectors;

        // a floor against rounding: a condition number above 1e14 is numerically singular
        var values = factors.EigenValues.Select(v => v.Real).ToArray();
        var floor = Math.Max(values.Max(), 1e-300) * 1e-14;
        Lengths = [.. values.Select(v => Math.Sqrt(Math.Max(v, floor)))];
    }

    public double[] Mean { get; }

    public double Sigma { get; }

    /// <summary>[dimensions] the factor of the margin; 1 for continuous coordinates.</summary>
    public double[] Scale { get; }

    public Matrix<double> Covariance { get; }

    public double[] PathSigma { get; }

    public double[] PathC { get; }

    public int Generation { get; }

    private Matrix<double> Axes { get; }

    private double[] Lengths { get; }

    public static CmaEsState Start(double[] mean, double sigma)
    {
        var n = mean.Length;
        var ones = new double[n];
        Array.Fill(ones, 1);
        var identity = n == 0 ? null! : Matrix<double>.Build.DenseIdentity(n);
        return new CmaEsState(mean, sigma, ones, identity, new double[n], new double[n], 0);
    }

    /// <summary>The standard deviation of one coordinate.</summary>
    public double Deviation(int axis) => Sigma * Scale[axis] * Math.Sqrt(Math.Max(Covariance[axis, axis], 0));

    /// <summary>The point that standard normal numbers stand for; it may lie outside [0, 1].</summary>
    public double[] Sample(ReadOnlySpan<double> normal)
    {
        var step = new double[Mean.Length];
        for (var j = 0; j < step.Length; j++)
        {
            for (var i = 0; i < step.Length; i++)
            {
                step[i] += Axes[i, j] * Lengths[j] * normal[j];
            }
        }

        for (var i = 0; i < step.Length; i++)
        {
            step[i] = Mean[i] + Sigma * Scale[i] * step[i];
        }

        return step;
    }

    /// <summary>The state after a generation.</summary>
    /// <param name="settings">The constants.</param>
    /// <param name="ranked">[population] the points, best first; coordinates of a point that did not matter are NaN and count as the mean.</param>
    /// <param name="scored">How many of them have a score; the others only repel.</param>
    /// <param name="flat">Whether all had the same score.</param>
    public CmaEsState Next(CmaEsSettings settings, IReadOnlyList<double[]> ranked, int scored, bool flat)
    {
        var n = Mean.Length;
        var steps = ranked.Select(x => Cut(Step(x), settings.LongestStep)).ToArray();
        var weights = settings.WeightsFor(scored);
        var move = new double[n];
        for (var k = 0; k < settings.Parents; k++)
        {
            Add(move, steps[k], weights[k]);
        }

        var mean = Mean.Select((m, i) => Math.Clamp(m + Sigma * Scale[i] * move[i], 0, 1)).ToArray();

        var pathSigma = Blend(PathSigma, Whiten(move), settings.PathRateSigma, settings.ParentMass);
        var norm = Norm(pathSigma);
        var unbiased = norm / Math.Sqrt(1 - Math.Pow(1 - settings.PathRateSigma, 2 * (Generation + 1)));
        var moving = unbiased < (1.4 + 2 / (n + 1.0)) * settings.ExpectedNorm;
        var pathC = Blend(PathC, moving ? move : new double[n], settings.PathRateC, settings.ParentMass);
        var sigma = Sigma * Math.Exp(Math.Min(1, settings.PathRateSigma / settings.Damping * (norm / settings.ExpectedNorm - 1)));
        if (flat)
        {
            sigma *= Math.Exp(0.2 + settings.PathRateSigma / settings.Damping);
        }

        return new CmaEsState(mean, Math.Clamp(sigma, 1e-12, 1), Scale, Adapt(settings, weights, steps, pathC, moving), pathSigma, pathC, Generation + 1);
    }

    /// <summary>The same with another mean and scale: the correction of the margin.</summary>
    public CmaEsState With(double[] mean, double[] scale) => new(mean, Sigma, scale, Covariance, PathSigma, PathC, Generation);

    private Matrix<double> Adapt(CmaEsSettings settings, double[] weights, double[][] steps, double[] pathC, bool moving)
    {
        var n = Mean.Length;
        var forgotten = moving ? 0 : settings.PathRateC * (2 - settings.PathRateC);
        var keep = 1 + settings.RankOneRate * forgotten - settings.RankOneRate - settings.RankMuRate * weights.Sum();
        var covariance = Covariance * keep;
        AddOuter(covariance, pathC, settings.RankOneRate);
        for (var k = 0; k < steps.Length; k++)
        {
            var weight = weights[k];
            if (weight < 0)
            {
                var length = Norm(Whiten(steps[k]));
                weight *= n / Math.Max(length * length, 1e-12);
            }

            AddOuter(covariance, steps[k], settings.RankMuRate * weight);
        }

        return covariance;
    }

    private double[] Step(double[] x)
    {
        var step = new double[x.Length];
        for (var i = 0; i < step.Length; i++)
        {
            step[i] = double.IsNaN(x[i]) ? 0 : (x[i] - Mean[i]) / (Sigma * Scale[i]);
        }

        return step;
    }

    // a point that was drawn from an older generation may lie improbably far out
    private double[] Cut(double[] step, double longest)
    {
        var length = Norm(Whiten(step));
        return length <= longest ? step : [.. step.Select(s => s * longest / length)];
    }

    // C^-1/2 times a vector
    private double[] Whiten(double[] vector)
    {
        var result = new double[vector.Length];
        for (var j = 0; j < vector.Length; j++)
        {
            var along = 0.0;
            for (var i = 0; i < vector.Length; i++)
            {
                along += Axes[i, j] * vector[i];
            }

            along /= Lengths[j];
            for (var i = 0; i < vector.Length; i++)
            {
                result[i] += Axes[i, j] * along;
            }
        }

        return result;
    }

    private static double[] Blend(double[] path, double[] step, double rate, double mass)
    {
        var factor = Math.Sqrt(rate * (2 - rate) * mass);
        return [.. path.Select((p, i) => (1 - rate) * p + factor * step[i])];
    }

    private static void Add(double[] sum, double[] vector, double weight)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += weight * vector[i];
        }
    }

    private static void AddOuter(Matrix<double> matrix, double[] vector, double weight)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            for (var j = 0; j < vector.Length; j++)
            {
                matrix[i, j] += weight * vector[i] * vector[j];
            }
        }
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(v => v * v));
}
