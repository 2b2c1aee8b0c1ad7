using TuneLab.Experiments.Search;

namespace TuneLab.Tests.Experiments.Search;

public sealed class FoldNoiseTests
{
    // statsmodels 0.13.5: anova_lm(ols('s ~ C(t) + C(f)')) of these twelve scores has a residual mean square of 0.000202777...
    [Fact]
    public void Of_ThreeTrialsOnFourFolds_IsTheResidualMeanSquareOverTheFolds()
        => Assert.Equal(0.00020277777777777818 / 4, FoldNoise.Of([[0.81, 0.78, 0.90, 0.84], [0.80, 0.79, 0.93, 0.83], [0.76, 0.77, 0.88, 0.83]])!.Value, 12);

    [Fact]
    public void Of_FoldsHardForAllAlike_IsNone()
        => Assert.Equal(0, FoldNoise.Of([[1, 5, 3], [2, 6, 4]])!.Value, 12);

    [Fact]
    public void Of_OneFoldOrOneTrial_IsUnknown()
    {
        Assert.Null(FoldNoise.Of([]));
        Assert.Null(FoldNoise.Of([[1], [2], [3]]));
        Assert.Null(FoldNoise.Of([[1, 2, 3], [1]]));
    }
}
