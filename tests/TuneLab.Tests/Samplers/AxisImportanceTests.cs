using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class AxisImportanceTests
{
    private const double Noise = 1e-4;

    private static readonly SearchSpace _five = new([.. Enumerable.Range(1, 5).Select(i => new FloatParameter("x" + i, 0, 1))]);

    [Fact]
    public void Of_TwoOfFiveMatter_TheOthersAreNegligibleBesideTheNoise()
    {
        var found = AxisImportance.Of(_five, Trials(250, p => Square(p[0] - 0.3) + (0.3 * Square(p[1] - 0.6))), 4 * Noise, new Seed(1))!;
        Assert.Equal([false, false, true, true, true], Enumerable.Range(0, 5).Select(found.IsNegligible));
        Assert.True(found.Share(0) > 2 * found.Share(1), $"{found.Share(0)} and {found.Share(1)}");
        Assert.Equal(1, found.Pace(0));
        Assert.InRange(found.Pace(1), AxisImportance.SlowestPace, 0.9);
        Assert.Equal(250, found.Trials);
    }

    [Fact]
    public void Of_OnlyAChoiceMatters_TheForemostNumberIsLeftToSearch()
    {
        var space = new SearchSpace(new ChoiceParameter("kind", "a", "b"), new IntParameter("depth", 1, 9), new FloatParameter("rate", 0, 1), new FloatParameter("share", 0, 1));
        var found = AxisImportance.Of(space, [.. Points(space, 250).Select((p, i) => new Observation(i, 0, p, (p[0] < 0.5 ? 1 : 0) + (0.02 * p[2]), ObservationStatus.Completed, 1, 1))], noise: 1, new Seed(1))!;
        Assert.Equal([false, true, false, true], Enumerable.Range(0, 4).Select(found.IsNegligible));
    }

    [Fact]
    public void Of_NoNoise_NothingIsNegligible()
    {
        var found = AxisImportance.Of(_five, Trials(120, p => Square(p[0] - 0.3)), noise: 0, new Seed(1))!;
        Assert.DoesNotContain(true, Enumerable.Range(0, 5).Select(found.IsNegligible));
        Assert.All(Enumerable.Range(1, 4), axis => Assert.Equal(AxisImportance.SlowestPace, found.Pace(axis)));
    }

    [Fact]
    public void Of_MuchNoise_WhatMattersIsNotNegligibleYet()
    {
        // an effect of a tenth of the variance may be small beside the noise of one trial and still be seen over many
        var found = AxisImportance.Of(_five, Trials(250, p => Square(p[0] - 0.3) + (0.3 * Square(p[1] - 0.6))), noise: 1, new Seed(1))!;
        Assert.False(found.IsNegligible(0) || found.IsNegligible(1));
    }

    [Fact]
    public void Of_WorseThanTheMedian_CountsAsTheMedian()
    {
        // x2 above 0.5 ruins half of the trials, x1 decides among the others
        var found = AxisImportance.Of(_five, Trials(120, p => p[1] > 0.5 ? 1000 + (1000 * p[2]) : Square(p[0])), noise: 0, new Seed(1))!;
        Assert.True(found.Share(2) < 0.1, $"{found.Share(2)}");
        Assert.True(found.Share(0) > 0.2, $"{found.Share(0)}");
    }

    [Fact]
    public void Of_ManyTrials_IsFoundFromTheFirst()
    {
        var trials = Trials(AxisImportance.MostTrials + 100, p => p[0]);
        var (all, first) = (AxisImportance.Of(_five, [.. trials.Reverse()], Noise, new Seed(1))!, AxisImportance.Of(_five, trials[..AxisImportance.MostTrials], Noise, new Seed(1))!);
        Assert.Equal(AxisImportance.MostTrials, all.Trials);
        Assert.Equal(Enumerable.Range(0, 5).Select(first.Share), Enumerable.Range(0, 5).Select(all.Share));
    }

    [Fact]
    public void Of_TooFewTrialsOrAllAlike_IsUnknown()
    {
        Assert.Null(AxisImportance.Of(_five, [], Noise, new Seed(1)));
        Assert.Null(AxisImportance.Of(_five, Trials(19, p => p[0]), Noise, new Seed(1)));
        Assert.Null(AxisImportance.Of(_five, [.. Trials(60, p => p[0]).Select(t => t with { Loss = 1 })], Noise, new Seed(1)));
    }

    [Fact]
    public void Shrink_WithImportance_FixesWhatDoesNotMatterAndSpares()
    {
        var trials = Trials(250, p => Square(p[0] - 0.3) + (0.3 * Square(p[1] - 0.6)));
        var ranked = trials.OrderBy(t => t.Loss).ToArray();
        var importance = AxisImportance.Of(_five, trials, 4 * Noise, new Seed(1))!;
        var first = HypercubeShrinker.Shrink(Hypercube.Whole(_five), ranked, 0.2, 0.5, importance: importance);
        Assert.Equal(0.5, first.Box.High[0] - first.Box.Low[0], 9);
        Assert.Equal(Math.Pow(0.5, importance.Pace(1)), first.Box.High[1] - first.Box.Low[1], 9);
        foreach (var axis in (int[])[2, 3, 4])
        {
            Assert.Equal(ranked[0].Point[axis], first.Box.Low[axis]);
            Assert.Equal(ranked[0].Point[axis], first.Box.High[axis]);
            Assert.Matches($"^x{axis + 1}: fixed at 0\\.[0-9]+, the best trial's; it makes (less than 0\\.1|[01]\\.[0-9]) % of the variance among the better half of 250 trials$", first.Notes.Single(n => n.StartsWith($"x{axis + 1}: ", StringComparison.Ordinal)));
        }

        // it stays so without being known again, and goes with the best
        var same = HypercubeShrinker.Shrink(first.Box, ranked, 0.2, 0.5);
        Assert.Equal(first.Box.Low[2], same.Box.High[2]);
        Assert.DoesNotContain(same.Notes, n => n.StartsWith("x3: ", StringComparison.Ordinal));
        var better = HypercubeShrinker.Shrink(first.Box, [ranked[5], .. ranked], 0.2, 0.5);
        Assert.Equal((ranked[5].Point[2], ranked[5].Point[2]), (better.Box.Low[2], better.Box.High[2]));
        Assert.Contains(better.Notes, n => n.StartsWith("x3: fixed at ", StringComparison.Ordinal) && n.Contains(", the new best trial's (was ", StringComparison.Ordinal));
    }

    [Fact]
    public void Shrink_NumberThatLimitsAnother_IsNotFixed()
    {
        var space = new SearchSpace(new IntParameter("leaves", 2, 256, Scale.Log) { AtMostTwoTo = "depth" }, new IntParameter("depth", 1, 8), new FloatParameter("rate", 0, 1), new IntParameter("idle", 1, 9));
        var trials = Points(space, 120).Select((p, i) => new Observation(i, 0, p, Square(p[2] - 0.3), ObservationStatus.Completed, 1, 1)).ToArray();
        var importance = AxisImportance.Of(space, trials, noise: 1, new Seed(1))!;
        Assert.True(importance.IsNegligible(1) && importance.IsNegligible(3));
        var box = HypercubeShrinker.Shrink(Hypercube.Whole(space), [.. trials.OrderBy(t => t.Loss)], 0.2, 0.5, importance: importance).Box;
        Assert.True(box.Low[1] < box.High[1]);
        Assert.Equal(box.Low[3], box.High[3]);
        Assert.Equal(space.Parameters[3].ToUnit(space.Parameters[3].FromUnit(box.Low[3])), box.Low[3], 12);
    }

    [Fact]
    public void BoxHistory_SideOfNoLength_LearnsFromWhatLiesBesideIt()
    {
        var space = new SearchSpace(new FloatParameter("x", 0, 1), new FloatParameter("idle", 0, 1));
        var history = new BoxHistory(new BoxSpace(new BoxCoordinates(new Hypercube(space, [0.2, 0.7], [0.6, 0.7], [null, null]))));
        Observation At(int number, double x, double idle) => new(number, 0, [x, idle], x, ObservationStatus.Completed, 1, 1);
        history.Follow(new SearchHistory([At(0, 0.3, 0.1), At(1, 0.5, 0.7), At(2, 0.7, 0.7), At(3, 0.25, 0.9)]));
        Assert.Equal([0, 1, 3], history.Learnable(2).Select(t => t.Trial.Number));
    }

    private static double Square(double x) => x * x;

    private static Observation[] Trials(int count, Func<double[], double> loss)
    {
        var noise = new Seed(9).Random();
        return [.. Points(_five, count).Select((p, i) => new Observation(i, 0, p, loss(p) + (Math.Sqrt(12 * Noise) * (noise.NextDouble() - 0.5)), ObservationStatus.Completed, 1, 1))];
    }

    private static IEnumerable<double[]> Points(SearchSpace space, int count)
    {
        var random = new Seed(8).Random();
        return [.. Enumerable.Range(0, count).Select(_ => SpaceExamples.RandomPoint(space, random))];
    }
}
