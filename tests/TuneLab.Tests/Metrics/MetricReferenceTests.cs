using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Tests.Reference;

namespace TuneLab.Tests.Metrics;

/// <summary>Every metric against scikit-learn: Reference/metrics.py says how the numbers were made.</summary>
public sealed class MetricReferenceTests
{
    private static readonly Dictionary<string, Case> Cases = ReferenceFile.Read<Case[]>("metrics.json").ToDictionary(c => c.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Score_ReferenceCase_IsScikitLearns(string name)
    {
        var (_, task, outputs, truth, values, weights, scores) = Cases[name];
        var predictions = new Predictions(Enum.Parse<LearningTask>(task), truth, values, outputs, weights);
        foreach (var (id, expected) in scores)
        {
            var actual = MetricCatalog.Get(id, predictions.Task).Score(predictions);
            Assert.True(Math.Abs(actual - expected) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{id} is {actual:R}, scikit-learn says {expected:R}");
        }
    }

    [Fact]
    public void Cases_AllTogether_CoverEveryMetric()
        => Assert.Equal(MetricCatalog.All.Select(m => (m.Task.ToString(), m.Id)).Order(), Cases.Values.SelectMany(c => c.Scores.Keys.Select(k => (c.Task, k))).Distinct().Order());

    private sealed record Case(string Name, string Task, int Outputs, double[] Truth, double[] Values, double[]? Weights, Dictionary<string, double> Scores);
}
