using TuneLab.Data;

namespace TuneLab.Learners.Tests;

public sealed class EmbeddedTrainersTests
{
    [Fact]
    public void Catalog_ForEachTask_OffersAllInOrder()
    {
        var catalog = EmbeddedTrainers.Catalog(new Dictionary<string, string> { ["lightgbm"] = "Build with the ML.NET packages." });
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            Assert.Equal(["boosting", "forest", "linear"], catalog.DefaultsFor(task).Select(t => t.Info.Id));
        }

        Assert.Contains("ML.NET", catalog.Unknown("lightgbm").Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boosting")]
    [InlineData("linear")]
    public void Starts_LieInTheSpaceThatIsSearchedByDefault(string trainer)
    {
        var info = EmbeddedTrainers.Catalog()[trainer].Info;
        var starts = info.Starts();
        Assert.InRange(starts.Count, 1, 12);
        Assert.All(starts, s => Assert.True(info.DefaultSpace.Contains(s), s.ToString()));
        Assert.Equal(starts.Count, starts.Distinct().Count());
    }
}
