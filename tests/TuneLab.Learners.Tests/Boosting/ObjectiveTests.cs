using TuneLab.Errors;
using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Randomness;

namespace TuneLab.Learners.Tests.Boosting;

/// <summary>Objectives against difference quotients, closed forms and brute force.</summary>
public sealed class ObjectiveTests
{
    private const double Step = 1e-5;

    private static readonly double[] Labels = [0, 1, 5, -2, 3];

    private static readonly double[] Scores = [-3, -0.5, 0, 1.2, 2.5];

    [Fact]
    public void Logistic_Derivatives_AreThoseOfTheLoss()
        => Check(new LogisticObjective(), [0, 1, 1, 0, 1], [-3, -0.5, 0, 1.2, 8], (y, s) => Math.Log(1 + Math.Exp(s[0])) - y * s[0], 1);

    [Fact]
    public void Squared_Derivatives_AreThoseOfTheLoss() => Check(new SquaredObjective(), Labels, Scores, (y, s) => 0.5 * (s[0] - y) * (s[0] - y), 1);

    [Fact]
    public void Softmax_Derivatives_AreThoseOfTheLossWithTheHessianScaled()
        => Check(new SoftmaxObjective(3), [0, 1, 2, 1], [0.2, -1, 3, 0.1, 0.5, 2, -2, 0, -0.5, 0.3, 0.2, 1.5], (y, s) => Math.Log(s.Sum(Math.Exp)) - s[(int)y], 1.5);

    [Fact]
    public void Poisson_Derivatives_AreThoseOfTheLoss() => Check(new PoissonObjective(), [0, 1, 5, 2, 30], Scores, (y, s) => Math.Exp(s[0]) - y * s[0], 1);

    [Fact]
    public void Absolute_Derivatives_AreTheSlopesOfTheLossAndOne() => Check(QuantileObjective.Absolute(), Labels, Scores, (y, s) => Math.Abs(s[0] - y), null);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Quantile_Derivatives_AreTheSlopesOfTheLossAndOne(double level)
        => Check(new QuantileObjective(level), Labels, Scores, (y, s) => Pinball(level, y - s[0]), null);

    [Fact]
    public void Huber_Derivatives_AreTheSlopesOfTheLossAndOne()
    {
        var huber = new HuberObjective(1.35);
        huber.BeginRound(Labels, null, Scores);
        Assert.Equal(1.35 * 1.4826022185056018 * 3, huber.Delta, 12); // residuals 3, 1.5, 5, -3.2, 0.5
        var small = new HuberObjective(0.5);
        Check(small, Labels, Scores, (y, s) => Huber(small.Delta, y - s[0]), null);
    }

    [Fact]
    public void Derive_LabelMetButForRounding_HasNoSlope()
    {
        foreach (var objective in new Objective[] { new SquaredObjective(), QuantileObjective.Absolute(), new QuantileObjective(0.9), new HuberObjective(1) })
        {
            objective.Initial([0.3, 0.3, 0.3], null);
            var (gradients, hessians) = (new double[2], new double[2]);
            objective.Derive(new ScoreBlock(0, [0.3, 0.3], [], [0.3, 0.1 + 0.2], []), gradients, hessians);
            Assert.Equal([0, 0], gradients);
        }
    }

    [Fact]
    public void Derive_AnyPlaceInAnyBlock_IsTheSameToTheLastBit()
    {
        var random = new SeededRandom(3);
        const int rows = 37;
        var scores = Enumerable.Range(0, 3 * rows).Select(_ => 3 * random.NextNormal()).ToArray();
        var target = Enumerable.Range(0, rows).Select(_ => (double)random.NextInt(3)).ToArray();
        var weights = target.Select(_ => random.NextDouble() + 0.1).ToArray();
        foreach (var objective in All(3))
        {
            objective.BeginRound(target, weights, scores);
            var whole = Derive(objective, target, weights, scores, [0, rows]);
            Assert.Equal(whole, Derive(objective, target, weights, scores, [0, 1, 4, 9, 11, 30, rows]));
        }
    }

    [Fact]
    public void Initial_WeightedRows_IsTheBestConstant()
    {
        Assert.Equal(Math.Log(3.0 / 5), new LogisticObjective().Initial([1, 0, 0], [3, 4, 1])[0], 12);
        Assert.Equal((3 * 2.0 + 4 * 5) / 7, new SquaredObjective().Initial([2, 5], [3, 4])[0], 12);
        Assert.Equal(Math.Log((3 * 2.0 + 4 * 5) / 7), new PoissonObjective().Initial([2, 5], [3, 4])[0], 12);
        Assert.Equal(5, QuantileObjective.Absolute().Initial([2, 5, 9], [3, 4, 2])[0]);
        Assert.Equal(9, new QuantileObjective(0.9).Initial([2, 5, 9], [3, 4, 2])[0]);
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
        Assert.True(double.IsFinite(new PoissonObjective().Initial([0, 0], null)[0]));
    }

    [Theory]
    [InlineData("Absolute", 0)]
    [InlineData("Quantile", 0.1)]
    [InlineData("Quantile", 0.75)]
    [InlineData("Huber", 1.35)]
    [InlineData("Huber", 0.2)]
    [InlineData("Poisson", 0)]
    [InlineData("Squared", 0)]
    public void InitialAndLeaf_DrawnRows_AreTheMinimisersThatTryingFinds(string name, double parameter)
    {
        var (kind, random) = (Enum.Parse<ObjectiveKind>(name), new SeededRandom(5));
        for (var repeat = 0; repeat < 30; repeat++)
        {
            var rows = 1 + random.NextInt(40);
            var target = Enumerable.Range(0, rows).Select(_ => Math.Round(Math.Exp(1.5 * random.NextNormal()), repeat % 3)).ToArray();
            var weights = repeat % 2 == 0 ? null : target.Select(_ => (double)(1 + random.NextInt(4))).ToArray();
            var objective = Objective.Of(kind, parameter, 1);
            var initial = objective.Initial(target, weights)[0];
            double Total(double score) => target.Select((y, i) => (weights?[i] ?? 1) * Loss(objective, y, score)).Sum();
            if (target.Max() > 0)
            {
                AssertLeast(Total, initial, $"{kind} {parameter}, repeat {repeat}: initial");
            }

            // a leaf of rows whose scores are not all the same
            var scores = target.Select(_ => initial + 0.3 * random.NextNormal()).ToArray();
            objective.BeginRound(target, weights, scores);
            double Leaf(double value) => target.Select((y, i) => (weights?[i] ?? 1) * Loss(objective, y, scores[i] + value)).Sum();
            var step = Newton(objective, target, weights, scores);
            var leaf = objective.Refits ? objective.Refit([.. target.Select((y, i) => y - scores[i])], weights is null ? default : [.. weights]) : objective.Damp(step);
            if (kind != ObjectiveKind.Poisson || leaf > -1)
            {
                AssertLeast(Leaf, leaf, $"{kind} {parameter}, repeat {repeat}: leaf");
            }
        }
    }

    [Fact]
    public void Damp_PoissonStep_IsTheExactOneAndBounded()
    {
        var objective = new PoissonObjective();
        Assert.Equal(Math.Log(1000), objective.Damp(999), 12);
        Assert.Equal(Math.Log(0.5), objective.Damp(-0.5), 12);
        Assert.Equal(-1, objective.Damp(-1));
        Assert.Equal(-1, objective.Damp(-0.99));
    }

    [Fact]
    public void BeginRound_MostResidualsNothing_StillHasADelta()
    {
        var huber = new HuberObjective(2);
        huber.BeginRound([0, 0, 0, 0, 10], null, [0, 0, 0, 0, 0]);
        Assert.Equal(2 * Math.Sqrt(Math.PI / 2) * 2, huber.Delta, 12);
        huber.BeginRound([1, 1], null, [1, 1]);
        Assert.True(huber.Delta > 0);
    }

    [Fact]
    public void Check_NegativeLabelForPoisson_NamesRowAndWayOut()
    {
        var error = Assert.Throws<InputException>(() => new PoissonObjective().Check([0, 2, -0.5], [3, 4, 8]));
        Assert.Contains("Row 8", error.Message, StringComparison.Ordinal);
        Assert.Contains("-0.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("boosting.objective", error.Hint, StringComparison.Ordinal);
    }

    private static IEnumerable<Objective> All(int classes)
        => [new SoftmaxObjective(classes), new LogisticObjective(), new SquaredObjective(), new PoissonObjective(), QuantileObjective.Absolute(), new QuantileObjective(0.8), new HuberObjective(1.35)];

    private static double Pinball(double level, double residual) => Math.Max(level * residual, (level - 1) * residual);

    private static double Huber(double delta, double residual)
        => Math.Abs(residual) <= delta ? 0.5 * residual * residual : delta * (Math.Abs(residual) - 0.5 * delta);

    private static double Loss(Objective objective, double y, double s) => objective.Kind switch
    {
        ObjectiveKind.Absolute => Math.Abs(y - s),
        ObjectiveKind.Quantile => Pinball(objective.Parameter, y - s),
        ObjectiveKind.Huber => Huber(((HuberObjective)objective).Delta, y - s),
        ObjectiveKind.Poisson => Math.Exp(s) - y * s,
        _ => 0.5 * (y - s) * (y - s),
    };

    private static double Newton(Objective objective, double[] target, double[]? weights, double[] scores)
    {
        var derivatives = Derive(objective, target, weights, scores, [0, target.Length]);
        return -derivatives[..target.Length].Sum() / derivatives[target.Length..].Sum();
    }

    /// <summary>No other point is better, near or far.</summary>
    private static void AssertLeast(Func<double, double> total, double at, string what)
    {
        var least = total(at);
        for (var distance = 1e-4; distance < 20; distance *= 1.3)
        {
            Assert.True(Math.Min(total(at - distance), total(at + distance)) >= least - 1e-9 * Math.Max(1, Math.Abs(least)), $"{what} {at} is worse than {distance} beside it");
        }
    }

    /// <summary>Gradients then hessians, made block by block.</summary>
    private static double[] Derive(Objective objective, double[] target, double[]? weights, double[] scores, int[] cuts)
    {
        var rows = target.Length;
        var (gradients, hessians, shared) = (new double[objective.Scores * rows], new double[objective.Scores * rows], new double[rows]);
        for (var b = 0; b + 1 < cuts.Length; b++)
        {
            var (from, count) = (cuts[b], cuts[b + 1] - cuts[b]);
            objective.Prepare(scores, rows, from, shared.AsSpan(from, count));
            for (var k = 0; k < objective.Scores; k++)
            {
                var block = new ScoreBlock(k, target.AsSpan(from, count), weights is null ? default : weights.AsSpan(from, count), scores.AsSpan(k * rows + from, count), shared.AsSpan(from, count));
                objective.Derive(block, gradients.AsSpan(k * rows + from, count), hessians.AsSpan(k * rows + from, count));
            }
        }

        return [.. gradients, .. hessians];
    }

    /// <summary>Compares with difference quotients of the loss, with and without weights.</summary>
    /// <param name="objective">What is tested.</param>
    /// <param name="target">[rows].</param>
    /// <param name="scores">[scores x rows].</param>
    /// <param name="loss">Of a label and the row's scores.</param>
    /// <param name="hessianFactor">What the second derivative is multiplied by; null: 1 stands in its place.</param>
    private static void Check(Objective objective, double[] target, double[] scores, Func<double, double[], double> loss, double? hessianFactor)
    {
        var rows = target.Length;
        var weights = Enumerable.Range(1, rows).Select(i => 0.5 * i).ToArray();
        foreach (var w in new[] { null, weights })
        {
            objective.BeginRound(target, w, scores);
            var derivatives = Derive(objective, target, w, scores, [0, rows]);
            for (var at = 0; at < scores.Length; at++)
            {
                var (row, k) = (at % rows, at / rows);
                double Loss(double shift) => loss(target[row], [.. Enumerable.Range(0, objective.Scores).Select(j => scores[j * rows + row] + (j == k ? shift : 0))]);
                var weight = w?[row] ?? 1;
                Assert.Equal(weight * (Loss(Step) - Loss(-Step)) / (2 * Step), derivatives[at], 1e-6);
                Assert.Equal(weight * (hessianFactor is { } factor ? factor * (Loss(Step) - 2 * Loss(0) + Loss(-Step)) / (Step * Step) : 1), derivatives[scores.Length + at], 1e-4);
            }
        }
    }
}
