using TuneLab.Data;
using TuneLab.Metrics;

namespace TuneLab.Tests.Metrics;

/// <summary>The answers that each metric defines where the textbook has none.</summary>
public sealed class MetricAnswersTests
{
    [Theory]
    [InlineData("auc", 1, double.NaN)]
    [InlineData("auc", 0, double.NaN)]
    [InlineData("prauc", 1, 1)]
    [InlineData("prauc", 0, double.NaN)]
    [InlineData("balanced_accuracy", 1, 0.5)]
    [InlineData("recall", 0, 0)]
    [InlineData("precision", 0, 0)]
    [InlineData("f1", 0, 0)]
    [InlineData("mcc", 1, 0)]
    public void Score_OneClass_AsDefined(string id, int label, double expected)
        => Assert.Equal(expected, Binary(id, [label, label], [0.2, 0.7]));

    [Theory]
    [InlineData("precision")]
    [InlineData("recall")]
    [InlineData("f1")]
    [InlineData("mcc")]
    public void Score_NothingLabelledPositive_IsZero(string id) => Assert.Equal(0, Binary(id, [0, 1, 1], [0.1, 0.2, 0.3]));

    [Fact]
    public void Score_Threshold_DecidesWhatIsPositive()
    {
        double[] truth = [0, 0, 1, 1];
        double[] values = [0.1, 0.3, 0.3, 0.4];
        Assert.Equal(0, MetricCatalog.Get("recall", LearningTask.Binary).Score(new Predictions(LearningTask.Binary, truth, values, 1)));
        Assert.Equal(1, MetricCatalog.Get("recall", LearningTask.Binary).Score(new Predictions(LearningTask.Binary, truth, values, 1, threshold: 0.3)));
        Assert.Equal(2.0 / 3, MetricCatalog.Get("precision", LearningTask.Binary).Score(new Predictions(LearningTask.Binary, truth, values, 1, threshold: 0.3)), 12);
    }

    [Fact]
    public void UsesThreshold_BinaryMetrics_OnlyThoseThatJudgeLabels()
        => Assert.Equal(["accuracy", "balanced_accuracy", "f1", "mcc", "precision", "recall"], MetricCatalog.All.Where(m => m.UsesThreshold).Select(m => m.Id).Order());

    [Fact]
    public void Score_EqualProbabilities_FirstClassIsPredicted()
    {
        double[] values = [0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25];
        Assert.Equal(0.5, MetricCatalog.Get("accuracy", LearningTask.Multiclass).Score(new Predictions(LearningTask.Multiclass, [0, 3], values, 4)));
        Assert.Equal(0.5, MetricCatalog.Get("top_3", LearningTask.Multiclass).Score(new Predictions(LearningTask.Multiclass, [2, 3], values, 4)));
    }

    [Fact]
    public void Score_ClassesThatDoNotOccur_AreLeftOutOfMacroMeans()
    {
        // class 2 occurs nowhere; class 1 only as a prediction
        double[] values = [0.9, 0.1, 0, 0.2, 0.8, 0];
        var predictions = new Predictions(LearningTask.Multiclass, [0, 0], values, 3);
        Assert.Equal(0.5, MetricCatalog.Get("accuracy_macro", LearningTask.Multiclass).Score(predictions));
        Assert.Equal((2.0 / 3 + 0) / 2, MetricCatalog.Get("macro_f1", LearningTask.Multiclass).Score(predictions), 12);
    }

    [Fact]
    public void Score_CertainMistake_CostsThirtySixAndNotInfinity()
        => Assert.Equal(36.0437, Binary("logloss", [1], [0]), 4);

    [Theory]
    [InlineData("rmsle", -1.0, 2.0, double.NaN)]
    [InlineData("rmsle", 0.0, -3.0, 0.0)]
    [InlineData("r2", 1.0, 1.0, double.NaN)]
    [InlineData("mape", 0.0, 0.0, 0.0)]
    public void Score_OneNumber_AsDefined(string id, double truth, double value, double expected)
        => Assert.Equal(expected, Number(id, [truth], [value]));

    [Fact]
    public void Objection_NegativeLabels_OnlyRmsleHasOne()
    {
        Assert.Equal("2 rows have a label below 0 (the lowest is -1.5), and rmsle needs labels of at least 0", MetricCatalog.Get("rmsle", LearningTask.Regression).Objection([1, -1.5, 3, -1]));
        Assert.Null(MetricCatalog.Get("rmsle", LearningTask.Regression).Objection([0, 1]));
        Assert.All(MetricCatalog.All.Where(m => m.Id != "rmsle"), m => Assert.Null(m.Objection([1, -1.5])));
    }

    [Fact]
    public void MedianAbsoluteError_HalfOfTheWeightMetExactly_IsBetweenTheNeighbours()
    {
        Assert.Equal(2, Number("median_ae", [0, 0, 0], [1, 3, 9], [2, 1, 1]), 12);
        Assert.Equal(3, Number("median_ae", [0, 0, 0], [1, 3, 9], [0.1, 0.2, 0.2]), 12);
        Assert.Equal(1, Number("median_ae", [0, 0, 0], [1, 3, 9], [0.4, 0.2, 0.1]), 12);
        Assert.Equal(6, Number("median_ae", [0, 0, 0], [1, 3, 9], [0.1, 0.2, 0.3]), 12); // 0.1 + 0.2 is not quite half of 0.6 in binary
    }

    private static double Binary(string id, double[] truth, double[] values) => MetricCatalog.Get(id, LearningTask.Binary).Score(new Predictions(LearningTask.Binary, truth, values, 1));

    private static double Number(string id, double[] truth, double[] values, double[]? weights = null)
        => MetricCatalog.Get(id, LearningTask.Regression).Score(new Predictions(LearningTask.Regression, truth, values, 1, weights));
}
