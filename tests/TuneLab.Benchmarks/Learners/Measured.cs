namespace TuneLab.Benchmarks.Learners;

/// <summary>What a piece of work took.</summary>
/// <param name="Seconds">Wall seconds.</param>
/// <param name="CpuSeconds">Processor seconds of the whole process meanwhile, all threads, user and system: what a busy machine distorts less.</param>
internal readonly record struct Measured(double Seconds, double CpuSeconds)
{
    /// <summary>Does a piece of work once, after a garbage collection that is not counted.</summary>
    public static Measured Of(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var cpu = Environment.CpuUsage.TotalTime;
        var start = TimeProvider.System.GetTimestamp();
        work();
        return new Measured(TimeProvider.System.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }
}
