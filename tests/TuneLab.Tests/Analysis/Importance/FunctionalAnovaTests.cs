using TuneLab.Analysis;
using TuneLab.Analysis.Importance;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Analysis.Importance;

/// <summary>Against functions whose variance shares are known in closed form. What the trees can't see in so few trials is the tolerance.</summary>
public sealed class FunctionalAnovaTests
{
    private static readonly Seed Seed = new(7);

    [Fact]
    public void Run_AdditiveFunction_HasItsShares()
    {
        // variances of 3 u, 2 u and u on [0, 1] are as 9 to 4 to 1
        var importance = Importance(Trials.Numbers(3), 500, c => 3 * X(c, 1) + 2 * X(c, 2) + X(c, 3));
        Near(9.0 / 14, Own(importance, "x1"), 0.05);
        Near(4.0 / 14, Own(importance, "x2"), 0.05);
        Near(1.0 / 14, Own(importance, "x3"), 0.05);
        Assert.All(importance.Interactions, i => Near(0, i.Share.Value, 0.02));
        Assert.InRange(importance.Explained, 0.9, 1);
    }

    [Fact]
    public void Run_ProductFunction_HasItsInteraction()
    {
        // u v: variance 1/9 - 1/16 = 7/144, each by itself (1/2)² / 12 = 3/144, together 1/144
        var importance = Importance(Trials.Numbers(2), 500, c => X(c, 1) * X(c, 2));
        Near(3.0 / 7, Own(importance, "x1"), 0.05);
        Near(3.0 / 7, Own(importance, "x2"), 0.05);
        Near(1.0 / 7, Pair(importance, "x1", "x2"), 0.05);
    }

    [Fact]
    public void Run_InteractionAlone_IsSeenBesideNoMainEffects()
    {
        // (2 u - 1)(2 v - 1): no effect by itself of either
        var importance = Importance(Trials.Numbers(3), 500, c => (2 * X(c, 1) - 1) * (2 * X(c, 2) - 1));
        Near(1, Pair(importance, "x1", "x2"), 0.2);
        Assert.All(importance.Hyperparameters, h => Near(0, h.Share.Value, 0.1));
        Assert.Equal(("x1", "x2"), (importance.Interactions[0].First, importance.Interactions[0].Second));
    }

    [Fact]
    public void Run_Ishigami_HasItsShares()
    {
        // sin a + 7 sin² b + 0.1 c⁴ sin a on [-pi, pi]: first-order 0.3139, 0.4424, 0, and 0.2437 of a and c together (Ishigami and Homma 1990)
        var importance = Importance(Trials.Numbers(4, -Math.PI, Math.PI), 1000, c => Math.Sin(X(c, 1)) + 7 * Math.Pow(Math.Sin(X(c, 2)), 2) + 0.1 * Math.Pow(X(c, 3), 4) * Math.Sin(X(c, 1)));
        Near(0.3139, Own(importance, "x1"), 0.08);
        Near(0.4424, Own(importance, "x2"), 0.15); // four hills: the trees take a part of them for interactions
        Near(0, Own(importance, "x3"), 0.03);
        Near(0.2437, Pair(importance, "x1", "x3"), 0.08);
        Near(0, Own(importance, "x4"), 0.02);
    }

    [Fact]
    public void Run_IrrelevantDimension_HasNoShareAndAFlatCurve()
    {
        var importance = Importance(Trials.Numbers(3), 300, c => Math.Exp(X(c, 1)) + X(c, 2), noise: 0.05);
        Near(0, Own(importance, "x3"), 0.02);
        Assert.Equal("x3", importance.Hyperparameters.MinBy(h => h.Share.Value)!.Name);
        var curve = importance.Hyperparameters[2].Curve;
        Assert.True(curve.Max(p => p.Score) - curve.Min(p => p.Score) < 0.15);
    }

    [Fact]
    public void Run_LogScaleAndWholeNumbers_MeasureTheirOwnScale()
    {
        // log10 of the rate is uniform on [-4, 0] (variance 16/12), the depth on 1 ... 9 (variance 80/12): shares 4 * 16 to 80 with these factors
        var space = new SearchSpace(new FloatParameter("rate", 1e-4, 1, Scale.Log), new IntParameter("depth", 1, 9));
        var importance = Importance(space, 500, c => 2 * Math.Log10(c.Number("rate", 0)) + c.Number("depth", 0));
        Near(64.0 / 144, Own(importance, "rate"), 0.05);
        Near(80.0 / 144, Own(importance, "depth"), 0.05);
        var depths = importance.Hyperparameters[1].Curve;
        Assert.Equal(Enumerable.Range(1, 9).Select(d => (double)d), depths.Select(p => p.Value.Number));

        // the mean of 2 log10(rate) is -4
        Assert.All(depths, p => Near(p.Value.Number - 4, p.Score, 0.6));
        var rates = importance.Hyperparameters[0].Curve;
        Assert.Equal(FunctionalAnova.CurvePoints, rates.Count);
        Assert.Equal((1e-4, 1), (rates[0].Value.Number, rates[^1].Value.Number));
        Assert.All(rates, p => Near(2 * Math.Log10(p.Value.Number) + 5, p.Score, 0.8));
    }

    [Fact]
    public void Run_Choice_HasItsShareAndItsMeans()
    {
        // five kinds with the values 0, 4, 1, 4, 0 (variance 3.36), and 4 u (variance 16/12)
        double[] values = [0, 4, 1, 4, 0];
        var space = new SearchSpace(new ChoiceParameter("kind", "a", "b", "c", "d", "e"), new FloatParameter("x1", 0, 1));
        var importance = Importance(space, 400, c => values[c.Choice("kind", "")[0] - 'a'] + 4 * X(c, 1));
        Near(3.36 / (3.36 + 4.0 / 3), Own(importance, "kind"), 0.05);
        var curve = importance.Hyperparameters[0].Curve;
        Assert.Equal(["a", "b", "c", "d", "e"], curve.Select(p => p.Value.Name!));
        Assert.All(curve.Zip(values), p => Near(p.Second + 2, p.First.Score, 0.3));
    }

    [Fact]
    public void Run_Conditional_CountsWhereItIsActive()
    {
        // a third of the space has the drop: 6 u there with variance 3, so 1 of the whole; the kinds' means 3, 0, 1 have variance 14/9 and x1 has 3/12
        var space = new SearchSpace(
            new ChoiceParameter("kind", "dart", "plain", "extra"),
            new FloatParameter("drop", 0, 1) { Condition = new Condition("kind", ["dart"]) },
            new FloatParameter("x1", 0, Math.Sqrt(3)));
        var importance = Importance(space, 600, c => X(c, 1) + c.Choice("kind", "") switch { "dart" => 6 * c.Number("drop", double.NaN), "plain" => 0, _ => 1 });
        const double total = 1 + 14.0 / 9 + 0.25;
        Near(14 / 9.0 / total, Own(importance, "kind"), 0.06);
        Near(1 / total, Own(importance, "drop"), 0.06);
        Near(0.25 / total, Own(importance, "x1"), 0.04);
        Assert.All(importance.Interactions, i => Near(0, i.Share.Value, 0.03));
        var drop = importance.Hyperparameters[1];
        Assert.Equal(1.0 / 3, drop.Active, 1e-12);
        Assert.All(drop.Curve, p => Near(6 * p.Value.Number + Math.Sqrt(3) / 2, p.Score, 0.9));
    }

    [Fact]
    public void Run_ConditionalUnderAChoiceThatDoesNothing_IsSeen()
    {
        // the kind's means are alike, so no tree would ask for it but for what depends on it
        var space = new SearchSpace(
            new ChoiceParameter("kind", "dart", "plain"),
            new FloatParameter("drop", -1, 1) { Condition = new Condition("kind", ["dart"]) },
            new FloatParameter("x1", 0, 1),
            new FloatParameter("x2", 0, 1));
        var importance = Importance(space, 300, c => c.Choice("kind", "") == "dart" ? c.Number("drop", double.NaN) : 0, noise: 0.05);
        Near(1, Own(importance, "drop"), 0.12);
        Near(0, Own(importance, "kind"), 0.03);
    }

    [Fact]
    public void Run_OneRunThatDiverged_DoesNotHideTheRest()
    {
        var trials = Trials.Random(Trials.Numbers(2), 200, c => 3 * X(c, 1) + X(c, 2)).ToList();
        trials[17] = trials[17] with { Score = 1e200 };
        var importance = FunctionalAnova.Run(Trials.Numbers(2), trials, Seed).Value!;
        Assert.InRange(Own(importance, "x1"), 0.4, 1);
        Assert.True(Own(importance, "x1") > 3 * Own(importance, "x2"));
    }

    [Fact]
    public void Run_RandomSpaces_SharesAreAPartOfOne()
    {
        for (ulong s = 0; s < 40; s++)
        {
            var space = SpaceExamples.Random(new Seed(s));
            var answer = FunctionalAnova.Run(space, Trials.Random(space, 60, c => c.Values.Values.Select((v, i) => (i + 1) * (v.Name is { } name ? name[1] : Math.Log(1 + Math.Abs(v.Number)))).Sum(), s), new Seed(s));
            if (!answer.HasValue)
            {
                Assert.DoesNotContain("NaN", answer.NotYet);
                continue;
            }

            var (mains, pairs) = (answer.Value.Hyperparameters, answer.Value.Interactions);
            var name = $"space {s}: {string.Join(", ", space.Parameters.Select(p => p.Name + " " + p.Describe()))}";
            Assert.True(mains.Sum(h => h.Share.Value) + pairs.Sum(i => i.Share.Value) <= 1 + 1e-9, name);
            Assert.All([.. mains.Select(h => h.Share), .. pairs.Select(i => i.Share)], share => Assert.True(share.Value is >= 0 and <= 1 && share.Spread is >= 0 and < 1, name));
            Assert.Equal(space.Parameters.Select(p => p.Name), mains.Select(h => h.Name));
            Assert.Equal(space.Dimensions * (space.Dimensions - 1) / 2, pairs.Count);
            Assert.All(mains, h =>
            {
                Assert.All(h.Curve, p => Assert.True(double.IsFinite(p.Score) && p.Spread >= 0, name));
                Assert.Equal(h.Curve.Select(p => p.Coordinate).Distinct().Order(), h.Curve.Select(p => p.Coordinate));
            });
        }
    }

    [Fact]
    public void Run_SameSeed_SameAnswer()
    {
        var trials = Trials.Random(SpaceExamples.Mixed, 80, c => c.Number("rate", 0) + c.Number("drop", 1));
        HyperparameterImportance[] answers = [.. new ulong[] { 1, 1, 2 }.Select(s => FunctionalAnova.Run(SpaceExamples.Mixed, trials, new Seed(s)).Value!)];
        Assert.Equal(answers[0].Hyperparameters.SelectMany(h => h.Curve), answers[1].Hyperparameters.SelectMany(h => h.Curve));
        Assert.Equal(answers[0].Interactions, answers[1].Interactions);
        Assert.NotEqual(answers[0].Interactions, answers[2].Interactions);
    }

    [Fact]
    public void Run_Surface_IsOfTheTwoThatMatterMost()
    {
        // x3 and x1 matter, x2 little: highest where x3 is 0.7 and x1 is 1
        var surface = Importance(Trials.Numbers(3), 600, c => -9 * Math.Pow(X(c, 3) - 0.7, 2) + 2 * X(c, 1) + 0.1 * X(c, 2)).Surface!;
        Assert.Equal(("x3", "x1", 1.0), (surface.Across.Name, surface.Up.Name, surface.Active));
        Assert.Equal((FunctionalAnova.SurfacePoints, FunctionalAnova.SurfacePoints), (surface.Across.Levels.Count, surface.Up.Levels.Count));
        for (var row = 0; row < surface.Up.Levels.Count; row++)
        {
            for (var column = 0; column < surface.Across.Levels.Count; column++)
            {
                var (x3, x1) = (surface.Across.Levels[column].Value.Number, surface.Up.Levels[row].Value.Number);
                Assert.InRange(surface.Scores[row][column] - (-9 * Math.Pow(x3 - 0.7, 2) + 2 * x1 + 0.05), -0.6, 0.6);
            }
        }
    }

    [Fact]
    public void Run_SurfaceOfAnInteractionAlone_IsFound()
    {
        var surface = Importance(Trials.Numbers(3), 500, c => (2 * X(c, 1) - 1) * (2 * X(c, 2) - 1)).Surface!;
        Assert.Equal(["x1", "x2"], new[] { surface.Across.Name, surface.Up.Name }.Order());
        var (same, opposite) = (surface.Scores[0][0] + surface.Scores[^1][^1], surface.Scores[0][^1] + surface.Scores[^1][0]);
        Assert.True(same > 0.4 && opposite < -0.4, $"{same} {opposite}"); // 2 and -2 but for what leaves of three trials average
    }

    [Fact]
    public void Run_SurfaceOfAConditional_IsToldWhereBothAreActive()
    {
        var space = new SearchSpace(new ChoiceParameter("kind", "plain", "extra", "dart"), new FloatParameter("drop", 0, 1) { Condition = new Condition("kind", ["extra", "dart"]) });
        var surface = Importance(space, 300, c => c.Values["kind"].Name switch { "plain" => 0, "extra" => 1 + c.Number("drop", 0), _ => 3 - c.Number("drop", 0) }).Surface!;
        var kind = surface.Across.Name == "kind" ? surface.Across : surface.Up;
        Assert.Equal(["extra", "dart"], kind.Levels.Select(l => l.Value.Name));
        Assert.Equal(2 / 3.0, surface.Active, 9);
        Assert.All(surface.Scores.SelectMany(s => s), s => Assert.InRange(s, 0.8, 3.2));
    }

    [Fact]
    public void Run_OneHyperparameterOnly_HasNoSurface() => Assert.Null(Importance(Trials.Numbers(1), 50, c => X(c, 1)).Surface);

    [Fact]
    public void Run_MoreTrials_AreSurer()
    {
        VarianceShare Share(int trials) => Importance(Trials.Numbers(4), trials, c => X(c, 1) + X(c, 2), noise: 0.1).Hyperparameters[0].Share;
        Assert.True(Share(600).Spread < Share(40).Spread);
    }

    [Theory]
    [InlineData(19, 2, "19 comparable trials with a score are too few; 2 hyperparameters need 20 (4 each, at least 20)")]
    [InlineData(31, 8, "31 comparable trials with a score are too few; 8 hyperparameters need 32 (4 each, at least 20)")]
    public void Run_TooFewTrials_SaysHowManyAreNeeded(int trials, int dimensions, string reason)
        => NotYet(reason, FunctionalAnova.Run(Trials.Numbers(dimensions), Trials.Random(Trials.Numbers(dimensions), trials, c => X(c, 1)), Seed));

    [Fact]
    public void Run_NoTrials_SaysSo() => NotYet("0 comparable trials", FunctionalAnova.Run(Trials.Numbers(2), [], Seed));

    [Fact]
    public void Run_ScoresAlike_SaysSo() => NotYet("all 50 trials have the same score, 0.25", FunctionalAnova.Run(Trials.Numbers(2), Trials.Random(Trials.Numbers(2), 50, _ => 0.25), Seed));

    [Fact]
    public void Run_NothingToSearch_SaysSo()
    {
        NotYet("no hyperparameter that can take more than one value", FunctionalAnova.Run(SpaceExamples.Empty, Trials.Random(SpaceExamples.Empty, 50, _ => 1), Seed));
        NotYet("no hyperparameter that can take more than one value", FunctionalAnova.Run(SpaceExamples.Single, Trials.Random(SpaceExamples.Single, 50, _ => 1), Seed));
    }

    [Fact]
    public void Run_ScoresOfChanceOnly_SaysSo()
        => NotYet("can't be told from its hyperparameters", FunctionalAnova.Run(Trials.Numbers(5), Trials.Random(Trials.Numbers(5), 60, _ => 0, noise: 1), Seed));

    [Fact]
    public void Run_ScoresThatAreNone_AreLeftOut()
    {
        var trials = Trials.Random(Trials.Numbers(2), 30, c => X(c, 1));
        var failed = trials.Select((t, i) => t with { Score = (i % 3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity } });
        var answer = FunctionalAnova.Run(Trials.Numbers(2), [.. trials, .. failed], Seed);
        Assert.Equal(30, answer.Value!.Trials);
        Assert.Equal(FunctionalAnova.Run(Trials.Numbers(2), trials, Seed).Value!.Interactions, answer.Value.Interactions);
    }

    private static HyperparameterImportance Importance(SearchSpace space, int trials, Func<Configuration, double> score, double noise = 0)
        => FunctionalAnova.Run(space, Trials.Random(space, trials, score, noise: noise), Seed).Value!;

    private static double X(Configuration configuration, int number) => configuration.Number("x" + number, double.NaN);

    private static double Own(HyperparameterImportance importance, string name) => importance.Hyperparameters.Single(h => h.Name == name).Share.Value;

    private static double Pair(HyperparameterImportance importance, string first, string second) => importance.Interactions.Single(i => (i.First, i.Second) == (first, second)).Share.Value;

    private static void Near(double expected, double actual, double tolerance) => Assert.InRange(actual, expected - tolerance, expected + tolerance);

    private static void NotYet(string reason, Analyzed<HyperparameterImportance> answer)
    {
        Assert.False(answer.HasValue);
        Assert.Contains(reason, answer.NotYet);
    }
}
