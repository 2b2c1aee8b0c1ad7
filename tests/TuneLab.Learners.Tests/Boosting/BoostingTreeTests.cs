using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Learners.Tests.Trees;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Boosting;

/// <summary>Single trees against closed forms and brute force.</summary>
public sealed class BoostingTreeTests
{
    private static readonly BoostingTrainer Trainer = new();

    [Theory]
    [InlineData(0, 0, 0, 10)]
    [InlineData(0, 1, 5 - 10 / 3.0, 5 + 10 / 3.0)]
    [InlineData(4, 1, 5 - 6 / 3.0, 5 + 6 / 3.0)]
    [InlineData(11, 0, 5, 5)]
    public void Fit_SquaredError_GivesPenalisedMeans(double l1, double l2, double low, double high)
    {
        // at the mean 5 each side has G = -+10 and H = 2
        var predicted = Predict([1, 2, 3, 4], [0, 0, 10, 10], ("l1", l1), ("l2", l2));
        Assert.Equal([low, low, high, high], predicted, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Fit_LogLoss_TakesANewtonStep()
    {
        // at p = 0.5 each side has G = +-1 and H = 0.5: a step of -+2
        var fold = SampleFold.Make(LearningTask.Binary, [SampleFold.Numbers("x", 1, 2, 3, 4)], [0, 0, 1, 1]);
        var predicted = Fits.Model(Trainer, fold, OneTree(("learning_rate", 0.5))).Predict(fold.Table);
        Assert.Equal(1 / (1 + Math.Exp(1)), predicted[0], 9);
        Assert.Equal(1 / (1 + Math.Exp(-1)), predicted[3], 9);
    }

    [Fact]
    public void Fit_Softmax_StepsFurtherThanNewtonWhereLeavesAreBeyondChance()
    {
        // three equal classes and leaves of two rows of one class each: G = -2 (1 - 1/3), or 2 / 3 where a class is not, and p (1 - p) sums to 4 / 9
        var fold = new PreparedFold(LearningTask.Multiclass, 3, new FeatureTable([SampleFold.Numbers("x", 1, 2, 3, 4, 5, 6)], 6), [0, 0, 1, 1, 2, 2], null, [0, 1, 2, 3, 4, 5]);
        var model = (BoostingModel)Fits.Model(Trainer, fold, OneTree(("leaves", 3)));
        static double Step(double gradient) => -1.15 * gradient / (4 / 9.0); // with no doubt left that shows
        Assert.Equal(3, model.Trees[1].Leaves.Length);
        Assert.Equal([Step(2 / 3.0), Step(-4 / 3.0), Step(2 / 3.0)], Enumerable.Range(0, 3).Select(i => model.Trees[1].Leaves[model.Trees[1].LeafOf(fold.Table, 2 * i)]), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Theory]
    [InlineData("min_split_gain", 99.9, true)] // the gain is 10^2 / 2 + 10^2 / 2 - 0
    [InlineData("min_split_gain", 100.1, false)]
    [InlineData("min_child_weight", 2, true)]
    [InlineData("min_child_weight", 2.1, false)]
    [InlineData("min_child_samples", 2, true)]
    [InlineData("min_child_samples", 3, false)]
    public void Fit_SplitAtALimit_IsMadeOnlyWithinIt(string name, double value, bool split)
        => Assert.Equal(split ? 0 : 5, Predict([1, 2, 3, 4], [0, 0, 10, 10], (name, value))[0], 9);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 7)]
    public void Fit_DepthLimit_BoundsTheLeaves(int depth, int leaves)
    {
        var x = Enumerable.Range(0, 7).Select(i => (float)i).ToArray();
        var model = Model(LearningTask.Regression, [SampleFold.Numbers("x", x)], [0, 1, 4, 9, 16, 25, 36], ("max_depth", depth), ("leaves", 64));
        Assert.InRange(model.Trees[0].Leaves.Length, 2, leaves);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Fit_MoreLeavesThanTheDepthAllows_IsTheSameTree(int depth)
    {
        var random = new SeededRandom(8);
        FeatureColumn[] columns = [.. Enumerable.Range(0, 3).Select(c => SampleFold.Numbers("x" + c, [.. Enumerable.Range(0, 400).Select(_ => (float)random.NextDouble())]))];
        double[] target = [.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())];
        double[] Predicted(int leaves) => Model(LearningTask.Regression, columns, target, ("max_depth", depth), ("leaves", leaves)).Predict(new FeatureTable(columns, 400));
        Assert.Equal(Predicted(1 << depth), Predicted(200));
        Assert.NotEqual(Predicted(1 << depth), Predicted((1 << depth) - 1));
    }

    [Fact]
    public void Fit_Categories_FindsTheBestOfAllPartitions()
    {
        var random = new SeededRandom(4);
        var codes = Enumerable.Range(0, 300).Select(_ => random.NextInt(9)).ToArray();
        var effects = Enumerable.Range(0, 9).Select(_ => random.NextNormal()).ToArray();
        var target = codes.Select(c => effects[c] + 0.5 * random.NextNormal()).ToArray();
        var predicted = Model(LearningTask.Regression, [SampleFold.Categories("c", codes)], target, ("cat_smooth", 0), ("cat_l2", 0)).Predict(new FeatureTable([SampleFold.Categories("c", codes)], 300));
        var best = Enumerable.Range(1, 254).Min(set => SquaredError(target, i => (set >> codes[i] & 1) != 0));
        Assert.Equal(best, predicted.Zip(target, (p, t) => (p - t) * (p - t)).Sum(), 6);
    }

    [Fact]
    public void Fit_CategoriesThatAlternate_BeatsOneHotColumns()
    {
        var codes = Enumerable.Range(0, 600).Select(i => i % 30).ToArray();
        var target = codes.Select(c => c % 2 == 0 ? 1.0 : -1).ToArray();
        FeatureColumn[] native = [SampleFold.Categories("c", codes)];
        FeatureColumn[] oneHot = [.. Enumerable.Range(0, 30).Select(c => SampleFold.Numbers("c" + c, [.. codes.Select(k => k == c ? 1f : 0)]))];
        double Error(FeatureColumn[] columns) => Model(LearningTask.Regression, columns, target, ("cat_l2", 0)).Predict(new FeatureTable(columns, 600)).Zip(target, (p, t) => (p - t) * (p - t)).Average();
        Assert.Equal(0, Error(native), 9);
        Assert.True(Error(oneHot) > 0.9);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Fit_MissingValues_GoWhereTheirLabelsAre(int likeValue, bool isLeft)
    {
        // rows without a value have the labels of the rows with the value 1 or with the value 2
        var values = new float[] { 1, 1, 2, 2, float.NaN, float.NaN };
        double[] target = [10, 10, 0, 0, likeValue == 2 ? 10 : 0, likeValue == 2 ? 10 : 0];
        var model = Model(LearningTask.Regression, [SampleFold.Numbers("x", values)], target);
        Assert.Equal(isLeft, Assert.Single(model.Trees[0].Nodes).MissingLeft);
        Assert.Equal(target, model.Predict(new FeatureTable([SampleFold.Numbers("x", values)], 6)), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Predict_MissingWhereNoneWas_FollowsTheHeavierPart()
    {
        var model = Model(LearningTask.Regression, [SampleFold.Numbers("x", 1, 2, 2, 2)], [0, 4, 4, 4]);
        Assert.Equal(4, model.Predict(new FeatureTable([SampleFold.Numbers("x", float.NaN)], 1))[0], 9);
    }

    [Fact]
    public void Predict_UnknownCategory_GoesWhereMissingOnesWent()
    {
        var codes = new[] { 0, 0, 1, 1, -1, -1 };
        var model = Model(LearningTask.Regression, [SampleFold.Categories("c", codes)], [0, 0, 6, 6, 6, 6], ("cat_smooth", 0));
        var predicted = model.Predict(new FeatureTable([new CategoricalFeature("c", "c", [-1, 99, 0], 100)], 3));
        Assert.Equal([6, 6, 0], predicted, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    private static double[] Predict(float[] x, double[] y, params (string, ParameterValue)[] values)
        => Model(LearningTask.Regression, [SampleFold.Numbers("x", x)], y, values).Predict(new FeatureTable([SampleFold.Numbers("x", x)], x.Length));

    private static BoostingModel Model(LearningTask task, FeatureColumn[] columns, double[] target, params (string, ParameterValue)[] values)
        => (BoostingModel)Fits.Model(Trainer, SampleFold.Make(task, columns, target), OneTree(values));

    private static Configuration OneTree(params (string, ParameterValue)[] values)
        => Fits.Free(Trainer, [("rounds", 1), ("leaves", 2), ("learning_rate", 1), ("min_child_weight", 0), .. values]);

    private static double SquaredError(double[] target, Func<int, bool> left)
        => Enumerable.Range(0, target.Length).GroupBy(left).Sum(part => part.Sum(i => Math.Pow(target[i] - part.Average(j => target[j]), 2)));
}
