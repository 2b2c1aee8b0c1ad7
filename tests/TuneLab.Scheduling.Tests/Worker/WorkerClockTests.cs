using TuneLab.Scheduling.Worker;
using TuneLab.Testing;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>Quartz.NET's scheduler as what wakes a worker.</summary>
public sealed class WorkerClockTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    private readonly ManualTime _time = new();
    private readonly List<DateTimeOffset> _looks = [];
    private readonly List<DateTimeOffset> _missed = [];

    [Fact]
    public async Task Run_LooksAgainAfterEachPause_OneLookAtATime_UntilOneAsksToEnd()
    {
        var (looks, atOnce, most) = (0, 0, 0);
        await new WorkerClock(Look, _ => null, _missed.Add, TimeProvider.System).Run(CancellationToken.None);
        Assert.Equal((20, 1), (looks, most));
        Assert.Empty(_missed);

        TimeSpan? Look()
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            Interlocked.Decrement(ref atOnce);
            return ++looks < 20 ? Soon : null;
        }
    }

    [Fact]
    public async Task Run_AWindowOpensWithinAPause_LooksThen()
    {
        var opens = _time.GetUtcNow().AddMinutes(3);
        await Until(2, TimeSpan.FromDays(1), now => now < opens ? opens : null, TimeSpan.FromSeconds(1));
        Assert.InRange(_looks[1], opens, opens + WorkerClock.Late);
        Assert.Empty(_missed);
    }

    [Fact]
    public async Task Run_AnOpeningThatIsSleptThrough_IsToldAndLookedAt()
    {
        var opens = _time.GetUtcNow().AddHours(1);
        await Until(2, TimeSpan.FromDays(1), now => now < opens ? opens : null, TimeSpan.FromHours(8));
        Assert.Equal(opens, Assert.Single(_missed));
        Assert.True(_looks[1] >= _looks[0].AddHours(8));
    }

    [Fact]
    public async Task Run_WokenWithinAPause_LooksAtOnce()
    {
        using var wake = new CancellationTokenSource();
        await new WorkerClock(
            () =>
            {
                _looks.Add(_time.GetUtcNow());
                wake.CancelAfter(Soon);
                return _looks.Count < 2 ? TimeSpan.FromDays(1) : null;
            },
            _ => null, _missed.Add, _time).Run(wake.Token);
        Assert.Equal(_looks[0], _looks[1]);
    }

    [Fact]
    public async Task Run_ALookThrows_Throws()
        => Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => new WorkerClock(() => throw new InvalidOperationException("broken"), _ => null, _missed.Add, TimeProvider.System).Run(CancellationToken.None))).Message);

    [Fact]
    public async Task Run_TheClockIsSetBack_LooksOnAtTheSamePace()
    {
        var time = new ShiftedTime();
        var looks = 0;
        await new WorkerClock(Look, _ => null, _missed.Add, time).Run(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(10, looks);

        TimeSpan? Look()
        {
            time.Shift -= looks == 3 ? TimeSpan.FromHours(1) : TimeSpan.Zero;
            return ++looks < 10 ? Soon : null;
        }
    }

    // so many looks, each asking for that pause, while the clock moves by that step
    private async Task Until(int looks, TimeSpan pause, Func<DateTimeOffset, DateTimeOffset?> change, TimeSpan step)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new WorkerClock(Look, change, _missed.Add, _time).Run(CancellationToken.None);
        await first.Task;
        while (await Task.WhenAny(run, Task.Delay(Soon)) != run)
        {
            _time.Advance(step);
        }

        await run;

        TimeSpan? Look()
        {
            _looks.Add(_time.GetUtcNow());
            first.TrySetResult();
            return _looks.Count < looks ? pause : null;
        }
    }

    // what somebody sets is the time of day; timers go on as they were
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
