using TuneLab.Randomness;
using TuneLab.Samplers;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Samplers;

public sealed class HypercubeShrinkerTests
{
    [Fact]
    public void Shrink_LimitedNumber_GoesByWhatWasTried()
    {
        // a coordinate near 1 is 256 leaves, but at a depth of 3 it was 8
        var space = new SearchSpace(new IntParameter("leaves", 4, 256, Scale.Log) { AtMostTwoTo = "depth" }, new IntParameter("depth", 1, 8));
        Observation[] ranked = [.. Enumerable.Range(0, 8).Select(i => new Observation(i, 0, [0.99 - (0.05 * i), 0.3], i, ObservationStatus.Completed, 1, 1))];
        var box = HypercubeShrinker.Shrink(Hypercube.Whole(space), ranked, 0.5, 0.3).Box;
        Assert.True(box.Low[0] <= space.Parameters[0].ToUnit(8) && box.High[0] >= space.Parameters[0].ToUnit(8));
        Assert.InRange(space.Parameters[0].FromUnit(box.High[0]).Number, 8, 32);
    }

    [Fact]
    public void Shrink_RandomSpacesBoxesAndTrials_KeepsItsPromises()
    {
        for (var k = 0; k < 400; k++)
        {
            var space = SpaceExamples.Random(new Seed(7).Child(k));
            var whole = Hypercube.Whole(space);
            var random = new Seed(8).Child(k).Random();
            var box = k % 2 == 0 ? whole : HypercubeShrinker.Shrink(whole, Trials(space, whole, random, 30), 0.2, 0.5).Box;
            var (keep, factor) = (0.1 + 0.4 * random.NextDouble(), 0.3 + 0.5 * random.NextDouble());
            var ranked = Trials(space, box, random, 1 + random.NextInt(40));
            var result = HypercubeShrinker.Shrink(box, ranked, keep, factor);
            var next = result.Box;

            // the best, as a configuration, is still inside wherever it says anything
            var best = space.FromUnit("t", ranked[0].Point);
            for (var i = 0; i < space.Dimensions; i++)
            {
                var parameter = space.Parameters[i];
                var place = $"case {k}, {parameter.Name} ({parameter.Describe()}): {box.Low[i]}..{box.High[i]} became {next.Low[i]}..{next.High[i]}, best {ranked[0].Point[i]}";
                if (parameter is ChoiceParameter choice)
                {
                    Assert.NotEmpty(next.Choices[i]!);
                    Assert.All(next.Choices[i]!, c => Assert.Contains(c, box.Choices[i]!));
                    Assert.True(!best.Values.ContainsKey(choice.Name) || next.Choices[i]!.Contains(choice.IndexOf(ranked[0].Point[i])), place);
                    continue;
                }

                var (side, old) = (next.High[i] - next.Low[i], box.High[i] - box.Low[i]);
                Assert.True(next.Low[i] >= 0 && next.High[i] <= 1 && side >= 0, place);
                if (best.Values.ContainsKey(parameter.Name))
                {
                    var coordinate = parameter.Cardinality is null ? ranked[0].Point[i] : parameter.ToUnit(parameter.FromUnit(ranked[0].Point[i]));
                    Assert.True(coordinate >= next.Low[i] - 1e-12 && coordinate <= next.High[i] + 1e-12, place);
                }

                if (parameter.Cardinality is null)
                {
                    var floor = Math.Min(old, HypercubeShrinker.ShortestSide);
                    Assert.True(side <= old + 1e-12 && side >= floor - 1e-12, place);
                    Assert.True(Math.Abs(side - old) < 1e-9 || Math.Abs(side - Math.Max(factor * old, floor)) < 1e-9, place);
                }
                else
                {
                    // whole cells: what is proposed at both ends is a value whose cell lies inside
                    var (low, high) = (parameter.FromUnit(next.Low[i]), parameter.FromUnit(next.High[i]));
                    Assert.True(parameter.ToUnit(low) >= next.Low[i] && parameter.ToUnit(high) <= next.High[i], place);
                }
            }

            Assert.All(result.Notes, note => Assert.Contains(space.Parameters, p => note.StartsWith(p.Name + ": ", StringComparison.Ordinal)));
            var changed = Enumerable.Range(0, space.Dimensions).Where(i => next.Low[i] != box.Low[i] || next.High[i] != box.High[i] || next.Choices[i]?.Count != box.Choices[i]?.Count);
            foreach (var i in changed)
            {
                var name = space.Parameters[i].Name;
                var values = (space.Parameters[i].FromUnit(next.Low[i]), space.Parameters[i].FromUnit(next.High[i]));
                var before = (space.Parameters[i].FromUnit(box.Low[i]), space.Parameters[i].FromUnit(box.High[i]));
                Assert.True(result.Notes.Any(n => n.StartsWith(name + ": ", StringComparison.Ordinal)) || values == before, $"case {k}: no note for {name}");
            }
        }
    }

    [Fact]
    public void Shrink_BestShareInside_HalvesAroundTheWeightedCentre()
    {
        var space = new SearchSpace(new FloatParameter("learning_rate", 0.01, 1, Scale.Log));
        var result = HypercubeShrinker.Shrink(Hypercube.Whole(space), [.. At(0.4), .. At(0.5), .. Spread(8)], 0.2, 0.5);

        // ranks 1 and 2 of two kept: weights log 3 and log 1.5
        var centre = (0.4 * Math.Log(3) + 0.5 * Math.Log(1.5)) / (Math.Log(3) + Math.Log(1.5));
        Assert.Equal(centre - 0.25, result.Box.Low[0], 9);
        Assert.Equal(centre + 0.25, result.Box.High[0], 9);
        Assert.Equal(["learning_rate: 0.0226 to 0.226 (was 0.01 to 1)"], result.Notes);
    }

    [Fact]
    public void Shrink_BestOnAnInnerEdge_MovesThereAndKeepsTheLength()
    {
        var space = new SearchSpace(new FloatParameter("rate", 0, 1));
        var box = new Hypercube(space, [0.4], [0.6], [null]);
        var result = HypercubeShrinker.Shrink(box, [.. At(0.598), .. At(0.5), .. At(0.45)], 0.5, 0.5);
        Assert.Equal(0.498, result.Box.Low[0], 9);
        Assert.Equal(0.698, result.Box.High[0], 9);
        Assert.Equal(["rate: 0.498 to 0.698, moved because the best, 0.598, lies on the edge of 0.4 to 0.6"], result.Notes);
    }

    [Theory]
    [InlineData(0.85, 0.97, 0.969, 0.88, 1)]
    [InlineData(0.03, 0.15, 0.031, 0, 0.12)]
    public void Shrink_BestOnAnEdgeNearTheDeclaredEnd_MovesToTheEnd(double low, double high, double best, double newLow, double newHigh)
    {
        var space = new SearchSpace(new FloatParameter("rate", 0, 1));
        var result = HypercubeShrinker.Shrink(new Hypercube(space, [low], [high], [null]), At(best), 0.5, 0.5);
        Assert.Equal(newLow, result.Box.Low[0], 9);
        Assert.Equal(newHigh, result.Box.High[0], 9);
    }

    [Fact]
    public void Shrink_BestOnTheDeclaredEnd_ShrinksThere()
    {
        var space = new SearchSpace(new FloatParameter("rate", 0, 1));
        var result = HypercubeShrinker.Shrink(Hypercube.Whole(space), [.. At(1), .. At(0.9), .. Spread(8)], 0.2, 0.5);
        Assert.Equal(0.5, result.Box.Low[0], 9);
        Assert.Equal(1, result.Box.High[0]);
    }

    [Fact]
    public void Shrink_WholeNumber_TakesWholeCellsAndFollowsTheBestPastAnEdge()
    {
        var space = new SearchSpace(new IntParameter("depth", 1, 10));
        var first = HypercubeShrinker.Shrink(Hypercube.Whole(space), [.. At(0.55), .. At(0.55), .. Spread(8)], 0.2, 0.5);
        Assert.Equal(["depth: 4 to 8 (was 1 to 10)"], first.Notes);
        var second = HypercubeShrinker.Shrink(first.Box, [.. At(0.75), .. At(0.65)], 0.5, 0.5);
        Assert.Equal(["depth: 6 to 10, moved because the best, 8, lies on the edge of 4 to 8"], second.Notes);
    }

    [Fact]
    public void Shrink_ManyPassesAroundOneValue_EndsAtOneCellAndAtTheShortestSide()
    {
        var space = new SearchSpace(new IntParameter("depth", 1, 9), new FloatParameter("rate", 0, 1));
        var box = Hypercube.Whole(space);
        for (var pass = 0; pass < 12; pass++)
        {
            box = HypercubeShrinker.Shrink(box, [new Observation(0, 0, [0.5, 0.5], 0, ObservationStatus.Completed, 1, 1)], 0.2, 0.4).Box;
        }

        Assert.Equal(5, space.Parameters[0].FromUnit(box.Low[0]).Number);
        Assert.Equal(5, space.Parameters[0].FromUnit(box.High[0]).Number);
        Assert.Equal(HypercubeShrinker.ShortestSide, box.High[1] - box.Low[1], 9);
    }

    [Fact]
    public void Shrink_LosingChoice_IsDroppedWithItsReason()
    {
        var space = new SearchSpace(new ChoiceParameter("kind", "plain", "extra", "dart", "rare"));
        double[] order = [0.1, 0.1, 0.6, 0.6, 0.3, 0.3, 0.3, 0.1, 0.9, 0.9];
        var ranked = order.Select((x, i) => new Observation(i, 0, [x], 0.38 + 0.01 * i, ObservationStatus.Completed, 1, 1)).ToArray();
        var result = HypercubeShrinker.Shrink(Hypercube.Whole(space), ranked, 0.3, 0.5);
        Assert.Equal([0, 2, 3], result.Box.Choices[0]!);
        Assert.Equal(["kind: 'extra' dropped: best of 3 trials 0.42 against 0.38"], result.Notes);
        Assert.Equal(["kind: 'extra' dropped: best of 3 trials 0.58 against 0.62"], HypercubeShrinker.Shrink(Hypercube.Whole(space), ranked, 0.3, 0.5, loss => 1 - loss).Notes);
    }

    [Fact]
    public void Shrink_InactiveParameter_IsReadFromActiveTrialsOnly()
    {
        var space = new SearchSpace(new ChoiceParameter("kind", "plain", "dart"), new FloatParameter("drop", 0, 1) { Condition = new("kind", ["dart"]) });
        var plain = Enumerable.Range(0, 10).Select(i => new Observation(i, 0, [0.25, 0.5], i, ObservationStatus.Completed, 1, 1));
        var dart = new Observation(11, 0, [0.75, 0.9], 11, ObservationStatus.Completed, 1, 1);
        var result = HypercubeShrinker.Shrink(Hypercube.Whole(space), [.. plain, dart], 0.2, 0.4);
        Assert.Equal(0.6, result.Box.Low[1], 9);
        Assert.Equal(1, result.Box.High[1], 9);
        var without = HypercubeShrinker.Shrink(Hypercube.Whole(space), [.. plain], 0.2, 0.4);
        Assert.Equal((0, 1), (without.Box.Low[1], without.Box.High[1]));
    }

    [Fact]
    public void Shrink_NoTrialsOrNoParameters_ChangesNothing()
    {
        var box = Hypercube.Whole(SpaceExamples.Mixed);
        var result = HypercubeShrinker.Shrink(box, [], 0.2, 0.5);
        Assert.Equal(box.Low, result.Box.Low);
        Assert.Equal(box.High, result.Box.High);
        Assert.Empty(result.Notes);
        Assert.Empty(HypercubeShrinker.Shrink(Hypercube.Whole(SpaceExamples.Empty), At(0.5), 0.2, 0.5).Notes);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.1, 0.5)]
    [InlineData(0.2, 0)]
    [InlineData(0.2, 1)]
    public void Shrink_ShareOrFactorOutOfRange_Throws(double keep, double factor)
        => Assert.Throws<ArgumentOutOfRangeException>(() => HypercubeShrinker.Shrink(Hypercube.Whole(SpaceExamples.Mixed), [], keep, factor));

    private static Observation[] At(double x) => [new Observation(0, 0, [x], 0, ObservationStatus.Completed, 1, 1)];

    private static IEnumerable<Observation> Spread(int count) => Enumerable.Range(0, count).SelectMany(i => At((i + 0.5) / count));

    private static Observation[] Trials(SearchSpace space, Hypercube box, SeededRandom random, int count)
        => [.. Enumerable.Range(0, count).Select(i => new Observation(i, 0, box.Place(SpaceExamples.RandomPoint(space, random)), i, ObservationStatus.Completed, 1, 1))];
}
