using TuneLab.Analysis;
using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Tests.Reference;

namespace TuneLab.Tests.Analysis;

/// <summary>Against scipy: Reference/relations.py says how the numbers were made.</summary>
public sealed class RelationReferenceTests
{
    private static readonly Numbers Reference = ReferenceFile.Read<Numbers>("relations.json");

    [Fact]
    public void PearsonAndSpearman_ReferenceCases_AreScipys() => Assert.All(Reference.Pairs, expected =>
    {
        Assert.Equal(expected.Pearson, Correlation.Pearson(expected.X, expected.Y), 1e-12);
        Assert.Equal(expected.Spearman, Correlation.Spearman(expected.X, expected.Y), 1e-12);
    });

    [Fact]
    public void PointBiserialAndAuc_ReferenceCases_AreScipysAndTheMetrics() => Assert.All(Reference.Binary, expected =>
    {
        var auc = Correlation.AreaUnderCurve(Correlation.Ranks(expected.X), expected.Y);
        Assert.Equal(expected.PointBiserial, Correlation.Pearson(expected.X, expected.Y), 1e-12);
        Assert.Equal(expected.Auc, auc, 1e-12);
        Assert.Equal(MetricCatalog.Get("auc", LearningTask.Binary).Score(new Predictions(LearningTask.Binary, expected.Y, expected.X, 1)), auc, 1e-12);
    });

    [Fact]
    public void CorrelationRatio_ReferenceCases_IsThatOfScipysF() => Assert.All(Reference.Ratios, expected =>
    {
        var ratio = CorrelationRatio.Of(expected.Groups, expected.Count, expected.Y);
        Assert.Equal(expected.Eta, ratio.Eta, 1e-10);
        Assert.Equal(expected.Adjusted, ratio.Adjusted, 1e-7); // near 0 the root tells every last digit of the square
    });

    [Fact]
    public void ChiSquared_ReferenceCases_AreScipys() => Assert.All(Reference.Tables, expected =>
    {
        var test = ChiSquaredTest.Of(expected.A, expected.Rows, expected.B, expected.Columns);
        Assert.Equal(expected.Statistic, test.Statistic, 1e-8 * expected.Statistic);
        Assert.Equal(expected.Freedom, test.DegreesOfFreedom);
        Assert.Equal(expected.P, test.P, 1e-9 * expected.P + 1e-300);
        Assert.Equal(expected.CramersV, test.CramersV, 1e-10);
        Assert.Equal(expected.Adjusted, test.Adjusted, 1e-7);
    });

    [Fact]
    public void BoxAndHistogram_ReferenceCases_AreNumpys() => Assert.All(Reference.Boxes, expected =>
    {
        var column = DatasetProfiler.Profile(new Dataset("t", [new NumberColumn("x", expected.X)])).Columns.Single();
        Assert.Equal(new BoxSummary(expected.Low, expected.High, expected.Below, expected.Above), column.Box);
        Assert.Equal(expected.Counts, column.Histogram!.Counts);
        Assert.Equal((expected.Edges[0], expected.Edges[1]), (column.Histogram.Low, column.Histogram.High));
        Assert.Equal(expected.X.Length, column.Histogram.Counts.Sum() + column.Histogram.Below + column.Histogram.Above);
    });

    [Fact]
    public void CellCounts_ManyGroupsByManyClasses_AreThoseOfASmallGrid()
    {
        int[] groups = [7, 3, 7, -1, 3, 7], classes = [1, 0, 1, 1, 1, 0];
        var (small, large) = (CellCounts.Of(groups, 8, classes, 2), CellCounts.Of(groups, 8_000_000, classes, 2));
        Assert.Equal([(3, 0, 1), (3, 1, 1), (7, 0, 1), (7, 1, 2)], small.Cells);
        Assert.Equal(small.Cells, large.Cells);
    }

    private sealed record Numbers([property: System.Text.Json.Serialization.JsonPropertyName("numbers")] Pair[] Pairs, Binary[] Binary, Ratio[] Ratios, Table[] Tables, Box[] Boxes);

    private sealed record Pair(double[] X, double[] Y, double Pearson, double Spearman);

    private sealed record Binary(double[] X, double[] Y, double PointBiserial, double Auc);

    private sealed record Ratio(int[] Groups, int Count, double[] Y, double Eta, double Adjusted);

    private sealed record Table(int[] A, int[] B, int Rows, int Columns, double Statistic, int Freedom, double P, double CramersV, double Adjusted);

    private sealed record Box(double[] X, double Low, double High, int Below, int Above, int[] Counts, double[] Edges);
}
