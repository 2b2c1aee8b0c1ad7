using TuneLab.Analysis.LearningCurves;
using TuneLab.Randomness;

namespace TuneLab.Tests.Analysis.LearningCurves;

public sealed class FoldScoresTests
{
    private static readonly double[] Sizes = [100, 200, 400, 800, 1600];

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Points_NoiseThatFallsWithSize_IsFound(double power)
    {
        // 2000 folds, so that chance plays no part; they differ among themselves by 100 times the noise
        var points = Drawn(2000, power, 1);
        Assert.All(points, p => Assert.Equal(1, p.Error * Math.Sqrt(2000) / (0.01 * Math.Pow(p.Size / 1600, -power)), 0.1));
    }

    [Fact]
    public void Points_FiveFolds_AreRightOnAverage()
    {
        // the squared error of a mean over five folds, over 400 curves: is it the mean of the squared errors told?
        var curves = Enumerable.Range(1, 400).Select(s => Drawn(5, 0.5, (ulong)s)).ToList();
        Assert.Equal(1, curves.Average(c => c[^1].Error * c[^1].Error) / (0.01 * 0.01 / 5), 0.15);
    }

    [Fact]
    public void Points_FoldsThatDifferByAnOffset_HaveNoError()
        => Assert.All(FoldScores.Points(Sizes, [.. Sizes.Select(s => new[] { Math.Log(s), Math.Log(s) + 5, Math.Log(s) - 2 })], 0.5), p =>
        {
            Assert.Equal(Math.Log(p.Size) + 1, p.Score, 1e-12);
            Assert.InRange(p.Error, 0, 1e-10);
        });

    [Fact]
    public void Points_FoldsThatShareRows_AreLessSure()
    {
        // 1/5 + 1/4 instead of 1/5
        var (apart, shared) = (Drawn(5, 0.5, 1), Drawn(5, 0.5, 1, 0.25));
        Assert.All(apart.Zip(shared), p => Assert.Equal(1.5, p.Second.Error / p.First.Error, 1e-9));
    }

    [Fact]
    public void Points_OneFoldOrOneSizeOrNoNumber_Throws()
    {
        Assert.Throws<ArgumentException>(() => FoldScores.Points([1, 2], [[1], [2]], 0));
        Assert.Throws<ArgumentException>(() => FoldScores.Points([1, 1], [[1, 2], [2, 3]], 0));
        Assert.Throws<ArgumentException>(() => FoldScores.Points([1, 2], [[1, 2], [2, 3, 4]], 0));
        Assert.Throws<ArgumentException>(() => FoldScores.Points([1, 2], [[1, 2], [2, double.NaN]], 0));
        Assert.Throws<ArgumentException>(() => FoldScores.Points([], [], 0));
        Assert.Throws<ArgumentException>(() => FoldScores.Points([1, 2], [[1, 2], [2, 3]], double.NaN));
    }

    private static IReadOnlyList<LearningPoint> Drawn(int folds, double power, ulong seed, double testTrainRatio = 0)
    {
        var random = new Seed(seed).Random();
        double[] offsets = [.. Enumerable.Range(0, folds).Select(_ => random.NextNormal())];
        return FoldScores.Points(Sizes, [.. Sizes.Select(s => offsets.Select(o => Math.Log(s) + o + 0.01 * Math.Pow(s / 1600, -power) * random.NextNormal()).ToArray())], testTrainRatio);
    }
}
