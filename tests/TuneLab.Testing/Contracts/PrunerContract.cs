using TuneLab.Pruners;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="IPruner"/> keeps. Derive it for each.</summary>
public abstract class PrunerContract
{
    /// <summary>A new pruner with its defaults.</summary>
    protected abstract IPruner Make();

    [Fact]
    public void Id_IsLowerCaseAndNotEmpty() => Assert.Matches("^[a-z][a-z0-9-]*$", Make().Id);

    [Fact]
    public void Decide_NothingToCompareWith_GoesOn() => Assert.False(Make().Decide(Curve(9, 500, 40), []).Stop);

    [Fact]
    public void Decide_BestOfAll_GoesOn()
        => Assert.False(Make().Decide(Curve(99, 0.01, 40), [.. Enumerable.Range(0, 30).Select(i => Curve(i, 1 + i, 40))]).Stop);

    [Fact]
    public void Decide_AnyProgress_HasAReasonAndIsPure()
    {
        var finished = Enumerable.Range(0, 30).Select(i => Curve(i, 1 + i, 40)).ToList();
        foreach (var (level, rounds) in new[] { (0.5, 1), (5.0, 12), (100.0, 40), (double.NaN, 40), (double.PositiveInfinity, 20) })
        {
            var progress = Curve(40, level, rounds);
            var first = Make().Decide(progress, finished);
            Assert.NotEmpty(first.Reason);
            Assert.Equal(first, Make().Decide(progress, finished));
        }
    }

    [Fact]
    public void DecideFolds_NothingToCompareWith_GoesOn() => Assert.False(Make().Decide(new FoldLosses(9, [500], 5), []).Stop);

    [Fact]
    public void DecideFolds_BestOfAll_GoesOn()
        => Assert.False(Make().Decide(new FoldLosses(99, [0.01, 0.01], 5), [.. Enumerable.Range(0, 30).Select(i => new FoldLosses(i, [1 + i, 2 + i, 1 + i, 2 + i, i], 5))]).Stop);

    [Fact]
    public void DecideFolds_AnyLosses_HasAReasonAndIsPure()
    {
        FoldLosses[] finished = [.. Enumerable.Range(0, 30).Select(i => new FoldLosses(i, i % 3 == 0 ? [1 + i] : [1 + i, 2 + i, 1 + i], 3))];
        foreach (var losses in new double[][] { [0.5], [5, 5], [100], [double.NaN], [double.PositiveInfinity, 3] })
        {
            var first = Make().Decide(new FoldLosses(40, losses, 3), finished);
            Assert.NotEmpty(first.Reason);
            Assert.Equal(first, Make().Decide(new FoldLosses(40, losses, 3), finished));
        }
    }

    /// <summary>A falling curve scored every fourth round.</summary>
    protected static Progress Curve(int trial, double level, int rounds)
    {
        int[] at = [.. Enumerable.Range(1, Math.Max(1, rounds / 4)).Select(i => i * 4)];
        return new Progress(trial, 0, at, [.. at.Select(r => level + 1.0 / r)], 200, true);
    }
}
