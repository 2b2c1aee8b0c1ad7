using TuneLab.Experiments.Search;
using TuneLab.Storage;
using TuneLab.Tests.Experiments.Running;

namespace TuneLab.Tests.Experiments.Search;

public sealed class RecentTimesTests
{
    [Fact]
    public void Typical_IsTheMedianOfTheLatestNineOfTheFidelityThatWereComputed()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan(8), jobs: 1);
        var some = bench.Store.Trials(1)[0] with { Cached = false, StartedSeconds = 10 };
        FinishedTrial[] took = [.. new[] { 90.0, 80, 1, 9, 2, 8, 3, 7, 4, 6, 5 }.Select(s => some with { FinishedSeconds = 10 + s })];
        var times = new RecentTimes(some.Fidelity, took.Take(2));
        Assert.Null(times.Typical);
        foreach (var trial in took.Skip(2).Append(took[0] with { Cached = true }))
        {
            times.Add(trial);
        }

        Assert.Equal(TimeSpan.FromSeconds(5), times.Typical);
        Assert.Null(new RecentTimes(new Fidelity(0.5, 1, 1), took).Typical);
    }
}
