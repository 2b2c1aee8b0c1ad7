using TuneLab.Experiments;

namespace TuneLab.Hosting;

/// <summary>How a <see cref="HostPool"/> uses the machine; nothing here changes a trial but <see cref="MemoryLimitBytes"/>.</summary>
public sealed record HostPoolOptions
{
    /// <summary>How a host is started.</summary>
    public required HostCommand Command { get; init; }

    /// <summary>The most hosts at once: the jobs of the run. <value>The number of cores.</value></summary>
    public int Hosts { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads that native code may start in a host (<c>OMP_NUM_THREADS</c>); what a run may use it is told by itself. <value>1</value></summary>
    public int ThreadsPerHost { get; init; } = 1;

    /// <summary>Resident memory over which a host is ended and its trial fails. <value>Null: no limit.</value></summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// Resident memory over which a host is replaced when its run has ended, so that what one trial left behind is not the next one's. <value>Null: half of <see cref="MemoryLimitBytes"/>,
    /// or an equal part of half of the machine's memory, whichever is less.</value>
    /// </summary>
    public long? ShareBytes { get; init; }

    /// <summary>How long a host may take to give up what was cancelled before its process is ended. <value>300 ms</value></summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a host may take to start. <value>60 s: a busy machine starts processes slowly</value></summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Suspends hosts at work while it holds the run. <value>Null: nothing does.</value></summary>
    public RunPause? Pause { get; init; }

    /// <summary>The clock. <value>The system's.</value></summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary><see cref="ShareBytes"/>, or its default.</summary>
    internal long Share => ShareBytes ?? Math.Min(MemoryLimitBytes / 2 ?? long.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 / Math.Max(1, Hosts));
}
