using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Samplers.Gp;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers.Gp;

public sealed class GaussianProcessTests
{
    private static readonly BoxSpace _mixed = new(new BoxCoordinates(Hypercube.Whole(SpaceExamples.Mixed)));

    [Fact]
    public void Cholesky_RowByRow_IsMathNets()
    {
        var random = new SeededRandom(3);
        const int n = 13;
        var root = Matrix<double>.Build.Dense(n, n, (_, _) => random.NextNormal());
        var matrix = (root * root.Transpose()) + Matrix<double>.Build.DenseIdentity(n);
        var factor = new Cholesky(20);
        for (var i = 0; i < n; i++)
        {
            factor.Add(Enumerable.Range(0, i + 1).Select(j => matrix[i, j]).ToArray());
        }

        var expected = matrix.Cholesky().Factor;
        for (var i = 0; i < n; i++)
        {
            Assert.All(factor.Row(i).ToArray().Select((v, j) => v - expected[i, j]), d => Assert.Equal(0, d, 1e-10));
        }

        Assert.Equal(matrix.Determinant(), Math.Exp(2 * factor.LogDiagonal), 1e-6 * matrix.Determinant());
        Assert.Equal(0, (Matrix<double>.Build.DenseOfRowMajor(n, n, factor.Inverse()) - matrix.Inverse()).L2Norm(), 1e-9);
        double[] solved = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        factor.Forward(solved);
        factor.Backward(solved);
        Assert.Equal(0, ((matrix * Vector<double>.Build.Dense(solved)) - Vector<double>.Build.Dense(n, i => i)).L2Norm(), 1e-8);
    }

    [Fact]
    public void Of_TwoPoints_IsMatern()
    {
        // sklearn.gaussian_process.kernels.Matern(length_scale=1, nu=2.5)([[0]], [[0.5], [2]])
        Assert.Equal(0.8286491424181255, GpKernel.Of(0.25), 1e-12);
        Assert.Equal(0.13866021913850426, GpKernel.Of(4), 1e-12);
        Assert.Equal((GpKernel.Of(0.7 - 1e-6) - GpKernel.Of(0.7 + 1e-6)) / 1e-6, GpKernel.Slope(0.7), 1e-6);
    }

    [Fact]
    public void Slope_OfTheFit_IsThatOfItsValue()
    {
        var (points, targets) = Seen(25);
        var fit = new GpFit(_mixed, points, targets);
        var random = new SeededRandom(8);
        double[] at = [.. GpParameters.Middle(_mixed).Select(p => p + (0.3 * random.NextNormal()))];
        var (gradient, unused) = (new double[at.Length], new double[at.Length]);
        fit.Slope(at, gradient);
        for (var i = 0; i < at.Length; i++)
        {
            double[] up = [.. at], down = [.. at];
            (up[i], down[i]) = (at[i] + 1e-5, at[i] - 1e-5);
            Assert.Equal((fit.Slope(up, unused) - fit.Slope(down, unused)) / 2e-5, gradient[i], 1e-4);
        }
    }

    [Fact]
    public void At_SeenPoints_IsTheClosedForm()
    {
        var (points, targets) = Seen(20);
        var kernel = new GpKernel(_mixed, GpParameters.Middle(_mixed));
        var model = Model(kernel, points, targets, out var means);

        double Covariance(BoxPoint a, BoxPoint b)
        {
            var (left, right) = (new double[_mixed.Features], new double[_mixed.Features]);
            kernel.Write(a, left);
            kernel.Write(b, right);
            return GpKernel.Of(left.Zip(right, (x, y) => (x - y) * (x - y)).Sum());
        }

        var n = points.Length;
        var inverse = Matrix<double>.Build.Dense(n, n, (i, j) => Covariance(points[i], points[j]) + (i == j ? kernel.Noise : 0)).Inverse();
        var (y, ones) = (Vector<double>.Build.Dense(targets), Vector<double>.Build.Dense(n, 1));
        var mean = ones * inverse * y / ((ones * inverse * ones) + GpFit.MeanPrecision);
        var rest = y - (mean * ones);
        var variance = ((rest * inverse * rest) + (mean * mean * GpFit.MeanPrecision) + GpFit.VarianceTrials) / (n + GpFit.VarianceTrials);
        foreach (var point in Seen(30).Points)
        {
            var k = Vector<double>.Build.Dense(n, i => Covariance(points[i], point));
            var (actual, deviation) = model.At(point);
            Assert.Equal(mean + (k * inverse * rest), actual, 1e-6);
            Assert.Equal(Math.Sqrt(Math.Max(1e-12, 1 - (k * inverse * k)) * variance), deviation, 1e-6);
        }

        Assert.Equal(model.At(points[3]).Mean, means[3], 1e-6);
    }

    [Fact]
    public void At_PointsUnderWay_KeepsTheMeanNarrowsTheDeviationAndIsForgotten()
    {
        var (points, targets) = Seen(12);
        var model = Model(new GpKernel(_mixed, GpParameters.Middle(_mixed)), points, targets, out _);
        var other = Seen(14).Points[13];
        var before = model.At(other);
        model.AddUnderWay(other);
        Assert.Equal(before.Mean, model.At(other).Mean, 1e-9);
        Assert.True(model.At(other).Deviation < 0.1 * before.Deviation);
        model.Cut(12);
        Assert.Equal(before, model.At(other));
    }

    [Fact]
    public void At_Slopes_AreThoseOfMeanAndDeviation()
    {
        var (points, targets) = Seen(15);
        var model = Model(new GpKernel(_mixed, GpParameters.Middle(_mixed)), points, targets, out _);
        var at = Seen(18).Points[17];
        var (byMean, byDeviation) = (new double[_mixed.Numbers], new double[_mixed.Numbers]);
        model.At(at, byMean, byDeviation);
        for (var i = 0; i < byMean.Length; i++)
        {
            if (double.IsNaN(at.Numbers[i]))
            {
                continue;
            }

            double[] up = [.. at.Numbers], down = [.. at.Numbers];
            (up[i], down[i]) = (up[i] + 1e-5, down[i] - 1e-5);
            var (high, low) = (model.At(at with { Numbers = up }), model.At(at with { Numbers = down }));
            Assert.Equal((high.Mean - low.Mean) / 2e-5, byMean[i], 1e-4);
            Assert.Equal((high.Deviation - low.Deviation) / 2e-5, byDeviation[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(-2, 0.3)]
    [InlineData(4, 0.5)]
    [InlineData(4.6, 0.9)]
    [InlineData(5, 0.2)]
    public void Log_OfTheImprovement_IsTheIntegralsAndItsSlopesAreItsOwn(double mean, double deviation)
    {
        // the mean of max(0, 0 - loss) over losses that are normal
        var integral = Integrate.GaussKronrod(u => u * Math.Exp(-0.5 * Math.Pow((u + mean) / deviation, 2)) / (deviation * Constants.Sqrt2Pi), 0, Math.Max(0, -mean) + (10 * deviation));
        var (log, byMean, byDeviation) = ExpectedImprovement.Log(0, mean, deviation);
        Assert.Equal(Math.Log(integral), log, 1e-3);
        Assert.Equal((ExpectedImprovement.Log(0, mean + 1e-5, deviation).Log - ExpectedImprovement.Log(0, mean - 1e-5, deviation).Log) / 2e-5, byMean, 1e-2 * Math.Abs(byMean));
        Assert.Equal((ExpectedImprovement.Log(0, mean, deviation + 1e-5).Log - ExpectedImprovement.Log(0, mean, deviation - 1e-5).Log) / 2e-5, byDeviation, 1e-2 * Math.Abs(byDeviation));
    }

    [Fact]
    public void Of_LossesOfManySizes_AreStandardInTheSameOrder()
    {
        var random = new SeededRandom(6);
        foreach (var spread in (double[])[0.1, 1, 5, 300])
        {
            double[] losses = [.. Enumerable.Range(0, 40).Select(_ => Math.Exp(spread * random.NextNormal()) - 3)];
            var warped = OutputWarp.Of(losses);
            Assert.Equal(0, warped.Average(), 1e-9);
            Assert.Equal(1, warped.Average(v => v * v), 1e-9);
            Assert.All(losses.Order().Zip(losses.Zip(warped).OrderBy(p => p.First).Select(p => p.Second)).Zip(warped.Order()), p => Assert.Equal(p.First.Second, p.Second));
        }

        Assert.All(OutputWarp.Of([2, 2, 2]), v => Assert.Equal(0, v));
        Assert.Empty(OutputWarp.Of([]));
    }

    [Fact]
    public void Of_TrialsOfAPass_GrowsShrinksAndBeginsAgain()
    {
        static BoxTrial Trial(int number, double loss) => new(new Observation(number, 0, [], loss, ObservationStatus.Completed, 1, 1), new BoxPoint([], []));
        TrustRegion After(params double[] losses) => TrustRegion.Of(losses.Select((loss, i) => Trial(i, loss)), 4, 2, 1);
        Assert.Equal(0.8, After(5, 6).Length);
        Assert.Equal(1.6, After(5, 6, 4, 3, 2).Length);
        Assert.Equal(0.4, After(5, 6, 7, 8, 9, 10).Length);
        Assert.Equal(0.8, After(5, 6, 7, 8, 9, 4, 5, 6, 7).Length);
        Assert.Equal(4, After(5, 6, 7, 8, 9, 4).Best!.Trial.Loss);

        // 0.8 halved seven times is below 1/128; the trial after the last was under way then
        var again = After([5, 6, .. Enumerable.Repeat(9.0, 28), 1]);
        Assert.Equal((0.8, 31, 1), (again.Length, again.First, again.Restarts));
        Assert.Null(again.Best);
        Assert.Equal(7, After([5, 6, .. Enumerable.Repeat(9.0, 28), 1, 7]).Best!.Trial.Loss);
    }

    private static (BoxPoint[] Points, double[] Targets) Seen(int count)
    {
        var random = new SeededRandom(11);
        BoxPoint[] points = [.. Enumerable.Range(0, count).Select(_ => _mixed.Of(SpaceExamples.RandomPoint(SpaceExamples.Mixed, random))).Select(p => _mixed.Settle(p.Numbers, Array.ConvertAll(p.Choices, c => Math.Max(0, c))))];
        return (points, OutputWarp.Of([.. points.Select(p => p.Numbers.Where(x => !double.IsNaN(x)).Sum(x => (x - 0.3) * (x - 0.3)) + (0.3 * p.Choices[0]))]));
    }

    private static GpModel Model(GpKernel kernel, BoxPoint[] points, double[] targets, out double[] means)
    {
        var model = new GpModel(_mixed, kernel, points.Length + 5);
        foreach (var point in points)
        {
            model.Add(point);
        }

        means = model.Learn(targets);
        return model;
    }
}
