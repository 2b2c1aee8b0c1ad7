using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Boosting;

/// <summary>Directions that predictions must keep: on dense grids, in closed form, against a slow and plain tree.</summary>
public sealed class MonotoneTests
{
    private static readonly BoostingTrainer Trainer = new();

    /// <summary>Configurations in which a direction could get lost.</summary>
    public static TheoryData<string> Ways => ["plain", "penalties", "random splits", "large trees", "samples", "weights", "few bins", "deep"];

    [Theory]
    [MemberData(nameof(Ways))]
    [InlineData("absolute")]
    [InlineData("quantile")]
    [InlineData("huber")]
    [InlineData("poisson")]
    public void Fit_Regression_KeepsEveryDirectionOnADenseGrid(string way) => AssertMonotone(LearningTask.Regression, way);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit_Binary_KeepsEveryDirectionOnADenseGrid(string way) => AssertMonotone(LearningTask.Binary, way);

    [Theory]
    [InlineData(LearningTask.Regression)]
    [InlineData(LearningTask.Binary)]
    public void Fit_NoDirections_DoesNotKeepThem(LearningTask task)
    {
        var model = Fits.Model(Trainer, Wavy(task, weighted: false, new Dictionary<string, MonotoneDirection>()), Configuration("plain"));

        Assert.True(Falls(model, 0, 1) > 100, "the data have no waves to be kept from");
        Assert.True(Falls(model, 1, -1) > 100, "the data have no waves to be kept from");
    }

    [Theory]
    [InlineData(MonotoneDirection.Increasing, 5, 5, 5, 5)]
    [InlineData(MonotoneDirection.Decreasing, 10, 10, 0, 0)]
    public void Fit_SplitAgainstTheDirection_IsNotMade(MonotoneDirection direction, double a, double b, double c, double d)
        => Assert.Equal([a, b, c, d], Predict([SampleFold.Numbers("x", 1, 2, 3, 4)], [10, 10, 0, 0], 8, ("x", direction)), Near);

    [Fact]
    public void Fit_SplitBelowAMonotoneOne_IsClippedToTheMiddle()
    {
        // split by x first (means 4 and 8): the middle 6 bounds both sides, so of the left rows 0 and 8 the second one stays at 6
        FeatureColumn[] columns = [SampleFold.Numbers("x", 0, 0, 1, 1), SampleFold.Numbers("z", 0, 1, 0, 1)];

        Assert.Equal([0, 6, 10, 6], Predict(columns, [0, 8, 10, 6], 4, ("x", MonotoneDirection.Increasing)), Near);
        Assert.Equal([0, 8, 10, 6], Predict(columns, [0, 8, 10, 6], 4), Near);
    }

    [Fact]
    public void Fit_CategoryBelowAMonotoneSplit_IsClippedToo()
    {
        FeatureColumn[] columns = [SampleFold.Numbers("x", 0, 0, 1, 1), SampleFold.Categories("z", 0, 1, 0, 1)];

        Assert.Equal([0, 6, 10, 6], Predict(columns, [0, 8, 10, 6], 4, ("x", MonotoneDirection.Increasing)), Near);
    }

    [Fact]
    public void Fit_L1Penalty_IsThatOfTheClippedValue()
    {
        var rules = new SplitRules(0, 0, 3, 1, 0, 0, 0, 1);

        // G = -10, H = 4, l1 = 3, l2 = 1: the best value is 7 / 5; of another one w the score is 20 w - 6 |w| - 5 w^2
        Assert.Equal(7 / 5.0, rules.Value(-10, 4), 12);
        Assert.Equal(rules.Score(-10, 4), rules.ScoreOf(7 / 5.0, -10, 4), 12);
        Assert.Equal(20 * 0.5 - 6 * 0.5 - 5 * 0.25, rules.ScoreOf(0.5, -10, 4), 12);
        Assert.Equal(-20 - 6 - 5, rules.ScoreOf(-1, -10, 4), 12);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 12)]
    [InlineData(3, 25)]
    public void Fit_EveryValueItsOwnBin_GivesTheExactTree(ulong seed, int leaves)
    {
        var random = new SeededRandom(seed);
        const int rows = 150;
        var columns = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextInt(9) == 0 ? float.NaN : MathF.Round((float)random.NextNormal(), 1)).ToArray()).ToArray();
        var target = Enumerable.Range(0, rows).Select(i => (float.IsNaN(columns[0][i]) ? 2 : columns[0][i] + Math.Sin(4 * columns[0][i])) * (columns[1][i] > 0 ? 1 : -0.5) + 0.5 * random.NextNormal()).ToArray();

        var predicted = Predict([.. columns.Select((c, i) => SampleFold.Numbers("x" + i, c))], target, leaves, 4, ("x0", MonotoneDirection.Increasing), ("x1", MonotoneDirection.Decreasing));

        Assert.Equal(DirectedTree.Fit(columns, target, leaves, 4, [1, -1, 0]), predicted, Near);
        Assert.NotEqual(DirectedTree.Fit(columns, target, leaves, 4), predicted, Near);
    }

    [Fact]
    public void Fit_DirectionOfAColumnThatIsNotThere_IsTheFreeModel()
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        var named = SampleFold.Make(LearningTask.Regression, fold.Table.Columns, fold.Target, null, fold.Train, new Dictionary<string, MonotoneDirection> { ["constant"] = MonotoneDirection.Increasing, ["c"] = MonotoneDirection.Increasing });
        var configuration = Fits.Free(Trainer, ("rounds", 20));

        Assert.Equal(Fits.Model(Trainer, fold, configuration).Predict(fold.Table), Fits.Model(Trainer, named, configuration).Predict(fold.Table));
    }

    [Fact]
    public void Fit_ManyRowsOnThreeThreads_GivesTheModelOfOne()
    {
        var configuration = Configuration("plain");
        var (one, three) = (Wavy(LearningTask.Regression, false, Both, 20_000), Wavy(LearningTask.Regression, false, Both, 20_000));

        Assert.Equal(Fits.Model(Trainer, one, configuration).Predict(one.Table), Fits.Model(Trainer, three, configuration, 3).Predict(one.Table));
    }

    private static Dictionary<string, MonotoneDirection> Both { get; } = new() { ["up"] = MonotoneDirection.Increasing, ["down"] = MonotoneDirection.Decreasing };

    private static void AssertMonotone(LearningTask task, string way)
    {
        var fold = Wavy(task, way == "weights", Both);
        var model = Fits.Model(Trainer, fold, Configuration(way));

        Assert.Equal(0, Falls(model, 0, 1));
        Assert.Equal(0, Falls(model, 1, -1));
        Assert.True(Error(model, fold) < 0.75 * Error(null, fold), "nothing was learned");
    }

    private static Configuration Configuration(string way)
    {
        var plain = Fits.Free(Trainer, ("rounds", 40), ("min_child_samples", 3), ("min_child_weight", 0));
        return way switch
        {
            "penalties" => plain.With("l1", 2).With("l2", 5).With("min_split_gain", 0.1),
            "random splits" => plain.With("extra_trees", "yes"),
            "large trees" => plain.With("leaves", 255).With("min_child_samples", 1),
            "samples" => plain.With("bagging_fraction", 0.6).With("feature_fraction", 0.6),
            "few bins" => plain.With("max_bin", 7),
            "deep" => plain.With("leaves", 64).With("max_depth", 12).With("learning_rate", 1),
            "absolute" or "quantile" or "huber" or "poisson" => plain.With("objective", way),
            _ => plain,
        };
    }

    /// <summary>A label with waves along two features on top of the way it should go, which turns with a third one and a category; some values are missing.</summary>
    private static PreparedFold Wavy(LearningTask task, bool weighted, Dictionary<string, MonotoneDirection> monotone, int rows = 1500)
    {
        var random = new SeededRandom(11);
        var (up, down, other, target) = (new float[rows], new float[rows], new float[rows], new double[rows]);
        var codes = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            (up[i], down[i], other[i], codes[i]) = (Draw(random), Draw(random), Draw(random), random.NextInt(7) - 1);
            var (u, d, o) = (Known(up[i], 3), Known(down[i], -3), Known(other[i], 1));
            var score = u + 2 * Math.Sin(3 * u) - d + 2 * Math.Cos(3 * d) + o * (codes[i] is 1 or 3 ? u : -d) + 0.5 * random.NextNormal();
            target[i] = task == LearningTask.Binary ? (score + 2 * random.NextNormal() > 0 ? 1 : 0) : 200 + 10 * score;
        }

        var weights = weighted ? Enumerable.Range(0, rows).Select(i => i % 5 == 0 ? 0 : 0.25 + i % 7).ToArray() : null;
        return SampleFold.Make(task, [SampleFold.Numbers("up", up), SampleFold.Numbers("down", down), SampleFold.Numbers("other", other), new CategoricalFeature("code", "code", codes, 6)], target, weights, null, monotone);
    }

    private static float Draw(SeededRandom random) => random.NextInt(12) == 0 ? float.NaN : (float)(6 * random.NextDouble() - 3);

    private static double Known(float value, double otherwise) => float.IsNaN(value) ? otherwise : value;

    /// <summary>How often predictions go the wrong way along 201 values of a feature, the others drawn 60 times.</summary>
    private static int Falls(ITrainedModel model, int feature, int direction)
    {
        const int draws = 60, values = 201;
        var random = new SeededRandom(12);
        var columns = Enumerable.Range(0, 3).Select(_ => new float[draws * values]).ToArray();
        var codes = new int[draws * values];
        for (var draw = 0; draw < draws; draw++)
        {
            var (a, b, c, code) = (Draw(random), Draw(random), Draw(random), random.NextInt(7) - 1);
            for (var i = 0; i < values; i++)
            {
                var row = draw * values + i;
                (columns[0][row], columns[1][row], columns[2][row], codes[row]) = (a, b, c, code);
                columns[feature][row] = -3.3f + 6.6f * i / (values - 1);
            }
        }

        var table = new FeatureTable([SampleFold.Numbers("up", columns[0]), SampleFold.Numbers("down", columns[1]), SampleFold.Numbers("other", columns[2]), new CategoricalFeature("code", "code", codes, 6)], draws * values);
        var predicted = model.Predict(table);
        return Enumerable.Range(1, draws * values - 1).Count(row => row % values != 0 && direction * (predicted[row] - predicted[row - 1]) < -1e-15 * Math.Abs(predicted[row]));
    }

    private static double Error(ITrainedModel? model, PreparedFold fold)
    {
        var mean = fold.Target.Average();
        var predicted = model?.Predict(fold.Table);
        return fold.Target.Select((y, i) => Math.Pow(y - (predicted?[i] ?? mean), 2)).Average();
    }

    private static double[] Predict(FeatureColumn[] columns, double[] target, int leaves, params (string Name, MonotoneDirection Direction)[] directions) => Predict(columns, target, leaves, 1, directions);

    private static double[] Predict(FeatureColumn[] columns, double[] target, int leaves, int minRows, params (string Name, MonotoneDirection Direction)[] directions)
    {
        var fold = SampleFold.Make(LearningTask.Regression, columns, target, null, null, directions.ToDictionary(d => d.Name, d => d.Direction));
        var configuration = Fits.Free(Trainer, ("rounds", 1), ("leaves", leaves), ("learning_rate", 1), ("min_child_weight", 0), ("min_child_samples", minRows), ("cat_smooth", 0), ("cat_l2", 0));
        return Fits.Model(Trainer, fold, configuration).Predict(fold.Table);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
