using TuneLab.Experiments.Running;
using TuneLab.Testing;

namespace TuneLab.Tests.Experiments.Running;

public sealed class FoldTimersTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _notes = [];

    [Fact]
    public void Begin_NoLimit_TellsAfterTenMinutesAndEachTimeThatHasDoubled()
    {
        using var timer = Timers(null).For("trial 3", "forest");
        Advance(30); // nothing has begun
        timer.Begin();
        Advance(9);
        Assert.Empty(_notes);
        Advance(1);
        Assert.StartsWith("trial 3, forest: a fold has been training for 10 min; none of forest has ended in this run. Ctrl-C ", Assert.Single(_notes), StringComparison.Ordinal);
        Advance(9);
        Assert.Single(_notes);
        Advance(1);
        Assert.StartsWith("trial 3, forest: a fold has been training for 20 min;", _notes[1], StringComparison.Ordinal);
        Advance(20);
        Assert.StartsWith("trial 3, forest: a fold has been training for 40 min;", _notes[2], StringComparison.Ordinal);
        Assert.False(timer.Over.IsCancellationRequested);
    }

    [Fact]
    public void Begin_OthersOfTheTrainerTookLong_TellsAfterTenTimesTheLongest()
    {
        var timers = Timers(null);
        foreach (var minutes in (int[])[1, 3, 2])
        {
            using var before = timers.For("trial 0", "forest");
            before.Begin();
            Advance(minutes);
            before.Completed();
        }

        using var other = timers.For("trial 1", "linear");
        using var timer = timers.For("trial 2", "forest");
        other.Begin();
        timer.Begin();
        Advance(29);
        Assert.StartsWith("trial 1, linear", Assert.Single(_notes), StringComparison.Ordinal);
        Advance(1);
        Assert.Contains("trial 2, forest: a fold has been training for 30 min; the longest of forest before it took 180 s.", _notes[1..].Single(n => n.StartsWith("trial 2", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_BeforeItIsTime_TellsNothing()
    {
        var timer = Timers(null).For("trial 3", "forest");
        timer.Begin();
        Advance(5);
        timer.Dispose();
        Advance(60);
        Assert.Empty(_notes);
    }

    [Fact]
    public void Begin_Limit_CountsFromThereAndTellsNothing()
    {
        using var timer = Timers(TimeSpan.FromMinutes(15)).For("trial 3", "forest");
        Advance(20);
        timer.Begin();
        Advance(14);
        Assert.False(timer.Over.IsCancellationRequested);
        Advance(1);
        Assert.True(timer.Over.IsCancellationRequested);
        Assert.Empty(_notes);
    }

    private FoldTimers Timers(TimeSpan? limit) => new(_time, limit, _notes.Add);

    private void Advance(int minutes) => _time.Advance(TimeSpan.FromMinutes(minutes));
}
