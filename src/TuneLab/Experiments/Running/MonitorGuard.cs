namespace TuneLab.Experiments.Running;

/// <summary>Calls a monitor so that its faults change nothing: the first one is kept, and after it the monitor is not called any more.</summary>
internal sealed class MonitorGuard(IExperimentMonitor? monitor)
{
    private readonly Lock _lock = new(); // timers tell too

    /// <summary>What the monitor threw, or null.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Tells the monitor something.</summary>
    public void Tell(Action<IExperimentMonitor> message)
    {
        lock (_lock)
        {
            if (monitor is null || Fault is not null)
            {
                return;
            }

            try
            {
                message(monitor);
            }
            catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
            {
                Fault = e;
            }
        }
    }
}
