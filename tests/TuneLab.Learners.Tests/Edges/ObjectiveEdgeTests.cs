using TuneLab.Data;
using TuneLab.Learners.Boosting;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>The objectives for numbers on strange tables and labels.</summary>
public sealed class ObjectiveEdgeTests
{
    private static readonly BoostingTrainer Trainer = new();

    /// <summary>Every strange table with every objective that the trainer's contract does not already try.</summary>
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var name in StrangeFold.Names)
        {
            foreach (var objective in new[] { "absolute", "huber", "quantile", "poisson" })
            {
                cases.Add(name, objective);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_StrangeTable_PredictsWithinTheLabels(string name, string objective)
    {
        var drawn = StrangeFold.Of(name, LearningTask.Regression);
        var fold = new PreparedFold(drawn.Task, 1, drawn.Table, Array.ConvertAll(drawn.Target, y => y + 2), drawn.Weights, drawn.Train); // poisson wants them above 0
        var labels = fold.Train.Select(row => fold.Target[row]).ToArray();
        var values = Predict(fold, objective);
        Assert.All(values, v => Assert.InRange(v, labels.Min() - 0.5, labels.Max() + 0.5));
        Assert.All(values, v => Assert.True(labels.Distinct().Count() > 1 || Math.Abs(v - labels[0]) < 1e-9 * labels[0] + 1e-8, $"predicted {v}, the only label is {labels[0]}"));
    }

    [Theory]
    [InlineData("squared", 1e100)]
    [InlineData("absolute", 1e100)]
    [InlineData("huber", 1e100)]
    [InlineData("quantile", 1e100)]
    [InlineData("poisson", 1e100)]
    [InlineData("squared", 1e-300)]
    [InlineData("absolute", 1e-300)]
    [InlineData("huber", 1e-300)]
    [InlineData("quantile", 1e-300)]
    [InlineData("poisson", 1e-300)]
    public void Fit_LabelsAtTheLimit_PredictsWithinThem(string objective, double scale)
    {
        var drawn = StrangeFold.Of("one column", LearningTask.Regression);
        var fold = new PreparedFold(drawn.Task, 1, drawn.Table, Array.ConvertAll(drawn.Target, y => (y + 2) / 6 * scale), null, drawn.Train);
        Assert.All(Predict(fold, objective), v => Assert.InRange(v / scale, -0.1, 1.1));
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("huber")]
    [InlineData("quantile")]
    public void Fit_OneWildLabel_MovesNoOtherPrediction(string objective)
    {
        // 60 rows in two groups of labels; one label is wild, in a group of 35
        var drawn = StrangeFold.Of("one column", LearningTask.Binary);
        double[] target = [.. drawn.Target.Select((y, i) => i == 11 ? 1e6 : 10 * y + 0.01 * (i % 5))];
        var values = Predict(new PreparedFold(LearningTask.Regression, 1, drawn.Table, target, null, drawn.Train), objective);
        Assert.InRange(values[30], -1, 1);
        Assert.InRange(values[50], 9, 11);
    }

    private static double[] Predict(PreparedFold fold, string objective)
    {
        var values = Fits.Model(Trainer, fold, Trainer.Info.Cheap.With("objective", objective).With("min_child_samples", 5)).Predict(fold.Table);
        Assert.All(values, v => Assert.True(double.IsFinite(v), $"predicted {v}"));
        return values;
    }
}
