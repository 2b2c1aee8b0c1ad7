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
}
