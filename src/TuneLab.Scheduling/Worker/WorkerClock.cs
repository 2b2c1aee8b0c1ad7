using Quartz;
using Quartz.Extensibility;

namespace TuneLab.Scheduling.Worker;

/// <summary>
/// When a worker looks around: a job of Quartz.NET's that never runs twice at once, fired by one trigger after the pause that the last look asked for and by another when the windows open or close next. A
/// look asks for the state of its instant, so a firing that comes late or twice does no harm.
/// <para>One machine has Quartz's in-memory store. A clustered store can be handed in by <paramref name="store"/>: each worker is a node then, and the job, which asks for recovery, has whichever node it comes to
/// look; what it may take is for the locks of <see cref="Storage.Work.IWorkStore"/> to say. Not tried yet.</para>
/// </summary>
/// <param name="look">Looks once: how long to pause until the next look, or null to end. Called from one thread at a time; what it throws ends <see cref="Run"/>.</param>
/// <param name="change">When the windows open or close next after an instant; null: not known, or never.</param>
/// <param name="missed">Is told of an opening or closing that nobody looked at in time (the machine slept, or the worker was held up): Quartz's misfire. It is looked at then.</param>
/// <param name="time">The clock.</param>
/// <param name="store">Where jobs and triggers are kept. <value>Null: in memory.</value></param>
public sealed class WorkerClock(Func<TimeSpan?> look, Func<DateTimeOffset, DateTimeOffset?> change, Action<DateTimeOffset> missed, TimeProvider time, Action<IQuartzBuilder>? store = null)
{
    /// <summary>How late a firing may be before it counts as missed. <value>10 s</value></summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private static readonly JobKey _job = new("look");
    private static readonly TriggerKey _pause = new("pause");
    private static readonly TriggerKey _windows = new("windows");

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ForwardClock _steady = new(time); // a clock that is set back must not make a worker wait for what it has shown already
    private DateTimeOffset? _next;
    private TimeSpan? _paused;

    /// <summary>Looks at once, and then again and again, until a look asks to end.</summary>
    /// <param name="wake">Looks at once when it is cancelled.</param>
    public async Task Run(CancellationToken wake)
    {
        var builder = QuartzSchedulerBuilder.Create(q =>
        {
            q.UseTimeProvider(_steady);
            q.UseJobFactory(new Factory(this));
            q.UseDefaultThreadPool(1);
            (store ?? (s => s.UseInMemoryStore(m => m.MisfireThreshold = Late)))(q);
        });
        await using var factory = builder.Build();
        var scheduler = await factory.GetScheduler(CancellationToken.None);
        scheduler.ListenerManager.AddTriggerListener(new Listener(at => missed(at - _steady.Ahead)), []);
        await scheduler.AddJob(JobBuilder.Create<Job>().WithIdentity(_job).StoreDurably().RequestRecovery().Build(), new AddJobOptions { Replace = true }, CancellationToken.None);
        await scheduler.Start(CancellationToken.None);
        await scheduler.TriggerJob(_job, null, CancellationToken.None);
        await using (wake.Register(() => _ = scheduler.TriggerJob(_job, null, CancellationToken.None).AsTask()))
        {
            await _ended.Task;
        }

        await scheduler.Shutdown(false, CancellationToken.None);
    }

    private async ValueTask Look(IScheduler scheduler, CancellationToken cancellation)
    {
        try
        {
            if (look() is not { } pause)
            {
                _ended.TrySetResult();
                return;
            }

            var now = _steady.GetUtcNow();
            if (change(time.GetUtcNow()) is { } next && next + _steady.Ahead is var at && at != _next)
            {
                await scheduler.ScheduleJob(AtChange(at), ScheduleJobOptions.Replacing, cancellation);
                _next = at;
            }

            if (pause != _paused)
            {
                await scheduler.ScheduleJob(Every(pause, now), ScheduleJobOptions.Replacing, cancellation);
                _paused = pause;
            }
        }
        catch (Exception e)
        {
            _ended.TrySetException(e); // what is wrong is for the caller to say
        }
    }

    // what a long look or a sleep has missed is made up for by one look
    private ITrigger Every(TimeSpan pause, DateTimeOffset from)
        => TriggerBuilder.Create(_steady).WithIdentity(_pause).ForJob(_job).StartAt(from + pause).WithSimpleSchedule(s => s.WithInterval(pause).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithRemainingCount)).Build();

    private ITrigger AtChange(DateTimeOffset at)
        => TriggerBuilder.Create(_steady).WithIdentity(_windows).ForJob(_job).StartAt(at).WithSimpleSchedule(s => s.WithRepeatCount(0).WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)).Build();

    [DisallowConcurrentExecution]
    private sealed class Job(WorkerClock clock) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellation) => clock._ended.Task.IsCompleted ? default : clock.Look(context.Scheduler, CancellationToken.None);
    }

    private sealed class Factory(WorkerClock clock) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellation) => new(new JobScope(new Job(clock), null));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellation) => default;
    }

    private sealed class Listener(Action<DateTimeOffset> missed) : ITriggerListener
    {
        public ValueTask TriggerMisfired(ITrigger trigger, IScheduler scheduler, CancellationToken cancellation)
        {
            if (trigger.Key.Equals(_windows) && trigger.StartTimeUtc is var at)
            {
                missed(at);
            }

            return default;
        }
    }
}
