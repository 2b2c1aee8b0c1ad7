using TuneLab.Learners.Boosting.Objectives;

namespace TuneLab.Learners.Tests.Boosting;

public sealed class ObjectiveTests
{
    private const double Step = 1e-5;

    [Fact]
    public void Logistic_Derivatives_AreThoseOfTheLoss()
        => Check(new LogisticObjective(), [0, 1, 1, 0, 1], [-3, -0.5, 0, 1.2, 8], (y, s) => Math.Log(1 + Math.Exp(s[0])) - y * s[0], 1);

    [Fact]
    public void Squared_Derivatives_AreThoseOfTheLoss()
        => Check(new SquaredObjective(), [0, 1, 5, -2], [-3, -0.5, 0, 1.2], (y, s) => 0.5 * (s[0] - y) * (s[0] - y), 1);

    [Fact]
    public void Softmax_Derivatives_AreThoseOfTheLossWithTheHessianScaled()
        => Check(new SoftmaxObjective(3), [0, 1, 2, 1], [0.2, -1, 3, 0.1, 0.5, 2, -2, 0, -0.5, 0.3, 0.2, 1.5], (y, s) => Math.Log(s.Sum(Math.Exp)) - s[(int)y], 1.5);

    [Fact]
    public void Initial_WeightedRows_IsTheBestConstant()
    {
        Assert.Equal(Math.Log(3.0 / 5), new LogisticObjective().Initial([1, 0, 0], [3, 4, 1])[0], 12);
        Assert.Equal((3 * 2.0 + 4 * 5) / 7, new SquaredObjective().Initial([2, 5], [3, 4])[0], 12);
        var softmax = new SoftmaxObjective(3);
        var scores = softmax.Initial([0, 1, 1, 2], [1, 1, 1, 3]);
        softmax.Link(scores);
        Assert.Equal([1 / 6.0, 2 / 6.0, 3 / 6.0], scores, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Initial_OneClassOnly_IsFinite()
    {
        Assert.True(double.IsFinite(new LogisticObjective().Initial([1, 1], null)[0]));
        Assert.All(new SoftmaxObjective(3).Initial([1, 1], null), s => Assert.True(double.IsFinite(s)));
    }

    /// <summary>Compares with difference quotients of the loss, with and without weights.</summary>
    private static void Check(Objective objective, double[] target, double[] scores, Func<double, double[], double> loss, double hessianFactor)
    {
        var rows = target.Length;
        var weights = Enumerable.Range(1, rows).Select(i => 0.5 * i).ToArray();
        foreach (var w in new[] { null, weights })
        {
            var (gradients, hessians) = (new double[scores.Length], new double[scores.Length]);
            var shared = new double[objective.HasShared ? rows : 0];
            objective.Prepare(scores, rows, 0, shared);
            for (var k = 0; k < objective.Scores; k++)
            {
                objective.Derive(new ScoreBlock(k, target, w, scores.AsSpan(k * rows, rows), shared), gradients.AsSpan(k * rows, rows), hessians.AsSpan(k * rows, rows));
            }

            for (var at = 0; at < scores.Length; at++)
            {
                var (row, k) = (at % rows, at / rows);
                double Loss(double shift) => loss(target[row], [.. Enumerable.Range(0, objective.Scores).Select(j => scores[j * rows + row] + (j == k ? shift : 0))]);
                var weight = w?[row] ?? 1;
                Assert.Equal(weight * (Loss(Step) - Loss(-Step)) / (2 * Step), gradients[at], 1e-6);
                Assert.Equal(weight * hessianFactor * (Loss(Step) - 2 * Loss(0) + Loss(-Step)) / (Step * Step), hessians[at], 1e-4);
            }
        }
    }
}
