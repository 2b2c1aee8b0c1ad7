using TuneLab.Learners.Forest;
using TuneLab.Randomness;

namespace TuneLab.Learners.Tests.Forest;

public sealed class FeatureDrawTests
{
    [Fact]
    public void Next_AllVary_GivesAsManyAsWantedAndEachEquallyOften()
    {
        var draw = new FeatureDraw([10, 11, 12, 13, 14], 0.6);
        var random = new SeededRandom(1);
        var often = new int[15];
        for (var node = 0; node < 10_000; node++)
        {
            draw.Begin(0);
            var drawn = All(draw, random, _ => true);
            Assert.Equal(3, drawn.Distinct().Count());
            drawn.ForEach(f => often[f]++);
        }

        Assert.All(often[10..], n => Assert.InRange(n, 5700, 6300)); // 6,000 expected, six standard deviations
    }

    [Fact]
    public void Next_OneVaries_IsDrawnUntilFound()
    {
        var random = new SeededRandom(2);
        for (var node = 0; node < 100; node++)
        {
            var draw = new FeatureDraw([.. Enumerable.Range(0, 20)], 0.1);
            draw.Begin(0);
            Assert.Contains(7, All(draw, random, f => f == 7));
        }
    }

    [Fact]
    public void Next_BelowANode_GivesNoneThatDidNotVaryThereButCountsThem()
    {
        var random = new SeededRandom(3);
        var (looked, nodes) = (0, 20_000);
        var draw = new FeatureDraw([.. Enumerable.Range(0, 10)], 1);
        draw.Begin(0);
        All(draw, random, f => f >= 4);
        var constants = draw.Constants;
        Assert.Equal(4, constants);
        for (var node = 0; node < 100; node++)
        {
            draw.Begin(constants);
            Assert.Equal(Enumerable.Range(4, 6), All(draw, random, _ => true).Order());
        }

        // three of ten are drawn, of which six tenths can vary: 1.8 a node, and never none
        draw = new FeatureDraw([.. Enumerable.Range(0, 10)], 0.3);
        draw.Begin(0);
        while (draw.Constants < 4)
        {
            draw.Begin(draw.Constants);
            All(draw, random, f => f >= 4);
        }

        constants = draw.Constants;
        for (var node = 0; node < nodes; node++)
        {
            draw.Begin(constants);
            var drawn = All(draw, random, _ => true);
            Assert.NotEmpty(drawn);
            looked += drawn.Count;
        }

        Assert.Equal(1.8 + 4 / 120.0, (double)looked / nodes, 0.03); // 4 in 120 draws of three are all constant: one more then
    }

    private static List<int> All(FeatureDraw draw, SeededRandom random, Func<int, bool> varies)
    {
        var drawn = new List<int>();
        for (var feature = draw.Next(random); feature >= 0; feature = draw.Next(random))
        {
            drawn.Add(feature);
            if (!varies(feature))
            {
                draw.MarkConstant();
            }
        }

        return drawn;
    }
}
