using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Linear;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Linear;

public class LinearFitTests
{
    [Fact]
    public void Fit_RidgeOnOneColumn_IsTheClosedForm()
    {
        float[] x = [1, 2, 4, 7, 11];
        double[] y = [3, 1, 4, 10, 9];
        var model = LinearFits.Fit(SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", x)], y), 0.25, 0);

        var (meanX, meanY) = (x.Average(v => (double)v), y.Average());
        var deviation = Math.Sqrt(x.Average(v => (v - meanX) * (v - meanX)));
        var covariance = x.Zip(y, (a, b) => (a - meanX) / deviation * (b - meanY)).Average();
        Assert.Equal(covariance / 1.25, model.Weights[0], 1e-6); // the column is stored in single precision
        Assert.Equal(meanY, model.Weights[1], 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fit_SeparableClasses_IsFiniteAndRight(double ratio)
    {
        double[] target = [0, 0, 0, 1, 1, 1];
        var fold = SampleFold.Make(LearningTask.Binary, [SampleFold.Numbers("x", 1, 2, 3, 4, 5, 6)], target);
        var values = Predict(LinearFits.Fit(fold, 1e-9, ratio), fold);

        Assert.Equal(target, values.Select(v => v > 0.5 ? 1.0 : 0));
        Assert.All(values, v => Assert.InRange(v, 0, 1));
        Assert.All(LinearFits.Fit(fold, 1e-9, ratio).Weights, w => Assert.InRange(Math.Abs(w), 0, 1e4));
    }

    [Theory]
    [InlineData(LearningTask.Binary, "standard")]
    [InlineData(LearningTask.Multiclass, "quantile")]
    [InlineData(LearningTask.Regression, "quantile")]
    public void Fit_WholeWeights_EqualRepeatedRows(LearningTask task, string transform)
    {
        var weighted = SampleFold.Of(task, 200, 3, row => row % 4);
        int[] repeated = [.. weighted.Train.SelectMany(row => Enumerable.Repeat(row, row % 4))];
        var plain = new PreparedFold(task, weighted.Outputs, SampleFold.Select(weighted.Table, repeated), Array.ConvertAll(repeated, row => weighted.Target[row]), null, [.. Enumerable.Range(0, repeated.Length)]);

        var (a, b) = (LinearFits.Fit(weighted, 0.01, 0.5, transform), LinearFits.Fit(plain, 0.01, 0.5, transform));

        Close(Predict(b, weighted), Predict(a, weighted), 1e-6);
    }

    [Fact]
    public void Fit_BalancedClasses_EqualsWeightsByHand()
    {
        var fold = SampleFold.Of(LearningTask.Multiclass, 300, 2);
        var counts = fold.Train.CountBy(row => fold.Target[row]).ToDictionary();
        var byHand = LinearFits.Fit(WithWeights(fold, row => 1.0 / counts[fold.Target[row]]), 0.01, 0);

        // the weights by hand move the means of the design too, so only a strength of about zero compares; predictions are free of the scaling then
        var free = Predict(LinearFits.Fit(WithWeights(fold, row => 1.0 / counts[fold.Target[row]]), 1e-9, 0), fold);
        Close(free, Predict(LinearFits.Fit(fold, 1e-9, 0, classWeight: "balanced"), fold), 1e-3);
        Assert.NotEqual(Predict(byHand, fold), Predict(LinearFits.Fit(fold, 0.01, 0), fold));
    }

    [Fact]
    public void Fit_ClassWithoutRows_GetsLessThanOneRowsShare()
    {
        double[] target = [0, 0, 1, 1, 0, 1, 0, 1];
        var fold = new PreparedFold(LearningTask.Multiclass, 3, new FeatureTable([SampleFold.Numbers("x", 1, 2, 3, 4, 5, 6, 7, 8)], 8), target, null, [0, 1, 2, 3, 4, 5, 6, 7]);
        var values = Predict(LinearFits.Fit(fold, 0.01, 0), fold);

        for (var row = 0; row < 8; row++)
        {
            Assert.InRange(values[(row * 3) + 2], 1e-6, 1 / 8.0);
            Assert.Equal(1, values[row * 3] + values[(row * 3) + 1] + values[(row * 3) + 2], 1e-12);
        }
    }

    [Fact]
    public void Fit_SameColumnTwice_SharesTheWeight()
    {
        var x = Enumerable.Range(0, 30).Select(i => (float)i).ToArray();
        var y = x.Select(v => 3.0 * v).ToArray();
        var model = LinearFits.Fit(SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("a", x), SampleFold.Numbers("b", x)], y), 1e-4, 0);

        Assert.Equal(model.Weights[0], model.Weights[1], 1e-6);
    }

    [Fact]
    public void Fit_LassoOnTheSameColumnTwice_WeighsAsMuchAsOnce()
    {
        var x = Enumerable.Range(0, 30).Select(i => (float)i).ToArray();
        var y = x.Select(v => Math.Sqrt(v)).ToArray();
        var twice = LinearFits.Fit(SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("a", x), SampleFold.Numbers("b", x)], y), 0.1, 1);
        var once = LinearFits.Fit(SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("a", x)], y), 0.1, 1);

        Assert.Equal(once.Weights[0], twice.Weights[0] + twice.Weights[1], 1e-6);
    }

    [Fact]
    public void Fit_NumberThatIsMostlyZero_IsTheRidgeOfTheStandardisedColumn()
    {
        float[] x = [0, 0, 0, 5, 0, 0, 0, 0, 2, 0, 0, 0];
        double[] y = [1, 2, 1, 9, 1, 3, 2, 1, 4, 2, 1, 2];
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", x)], y);
        var values = Predict(LinearFits.Fit(fold, 0.25, 0), fold);

        var (meanX, meanY) = (x.Average(v => (double)v), y.Average());
        var variance = x.Average(v => (v - meanX) * (v - meanX));
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Average() / variance / 1.25;
        Close([.. x.Select(v => meanY + (slope * (v - meanX)))], values, 1e-6);
    }

    [Fact]
    public void Fit_SeparableClassesAlongThePath_EndsWhileWeightsAreSmall()
    {
        double[] target = [0, 0, 0, 1, 1, 1];
        var fold = SampleFold.Make(LearningTask.Binary, [SampleFold.Numbers("x", 1, 2, 3, 4, 5, 6)], target);
        using var run = new LinearTrainer().Start(new TrainingRequest(fold, fold.Train, new LinearTrainer().Info.Default, new(1), ThreadShare.Single));
        run.Advance(int.MaxValue, CancellationToken.None);
        var model = (LinearModel)run.Complete();

        Assert.True(run.Rounds < StrengthPath.Count);
        Assert.All(model.Weights, w => Assert.InRange(Math.Abs(w), 0, 100));
        Assert.Equal(target, Predict(model, fold).Select(v => Math.Round(v)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fit_MoreColumnsThanANewtonStepTakes_IsOptimal(double ratio)
    {
        var random = new TuneLab.Randomness.SeededRandom(3);
        FeatureColumn[] columns = [.. Enumerable.Range(0, ProximalNewton.MostWeights + 50).Select(j => SampleFold.Numbers("x" + j, [.. Enumerable.Range(0, 40).Select(_ => (float)random.NextNormal())]))];
        var target = Enumerable.Range(0, 40).Select(i => (double)(((NumericFeature)columns[7]).Values[i] > 0 ? 1 : 0)).ToArray();
        var fold = SampleFold.Make(LearningTask.Binary, columns, target);
        var model = LinearFits.Fit(fold, 0.05, ratio);
        var matrix = Design.Of(fold, NumberTransform.Standard, new Team(1), CancellationToken.None).Matrix;
        var problem = new LinearProblem(matrix, fold.Train, target, Array.ConvertAll(target, _ => 1.0 / 40), 1, new LogisticLoss());
        var (margins, slopes, gradient) = (new double[40], new double[40], new double[problem.Size]);
        problem.Margins(model.Weights, margins);
        problem.Loss(margins, slopes);
        problem.Gradient(slopes, gradient);

        for (var j = 0; j < matrix.Width; j++)
        {
            var slope = gradient[j] + (0.05 * (1 - ratio) * model.Weights[j]);
            var edge = 0.05 * ratio;
            Assert.InRange(model.Weights[j] == 0 ? Math.Max(Math.Abs(slope) - edge, 0) : Math.Abs(slope + (edge * Math.Sign(model.Weights[j]))), 0, 1e-3);
        }

        Assert.True(ratio == 0 || model.Weights[7] > 0);
    }

    [Fact]
    public void Fit_SkewedNumber_IsTamedByQuantiles()
    {
        // the label follows the logarithm of the column
        var x = Enumerable.Range(0, 200).Select(i => (float)Math.Exp(i / 15.0)).ToArray();
        var y = x.Select(v => Math.Log(v)).ToArray();
        var fold = SampleFold.Make(LearningTask.Regression, [SampleFold.Numbers("x", x)], y);

        double Error(string transform) => Predict(LinearFits.Fit(fold, 1e-6, 0, transform), fold).Zip(y, (a, b) => (a - b) * (a - b)).Average();
        Assert.True(Error("quantile") < 0.2 * Error("standard"));
    }

    private static PreparedFold WithWeights(PreparedFold fold, Func<int, double> weight)
        => new(fold.Task, fold.Outputs, fold.Table, fold.Target, [.. Enumerable.Range(0, fold.Target.Length).Select(weight)], fold.Train);

    private static double[] Predict(LinearModel model, PreparedFold fold)
    {
        var values = new double[fold.Table.RowCount * fold.Outputs];
        model.Predict(fold.Table, values);
        return values;
    }

    private static void Close(double[] expected, double[] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
