using TuneLab.MLNet.Engine;

namespace TuneLab.MLNet.Tests.Engine;

public sealed class SettledTests
{
    [Fact]
    public void Settled_TrainersWithRounds_SayHowManyTheWinnerHas()
    {
        var incremental = MLNetTrainers.All.Where(t => t.Info.Incremental).ToList();

        Assert.NotEmpty(incremental);
        Assert.All(incremental, t => Assert.Equal(17, t.Info.MaxRounds(t.Info.Settled(t.Info.Default, 17))));
        Assert.All(MLNetTrainers.All.Except(incremental), t => Assert.Equal(t.Info.Default, t.Info.Settled(t.Info.Default, 1)));
    }
}
