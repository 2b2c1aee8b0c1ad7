using System.Diagnostics;
using TuneLab.Training;

namespace TuneLab.Experiments.Running;

/// <summary>The memory of this process and of those that train for it, read at most ten times a second. Thread-safe.</summary>
internal sealed class ProcessMemory(TimeProvider time, IReadOnlyCollection<ITrainingProcesses> others)
{
    private readonly Lock _lock = new();
    private long _readAt = long.MinValue;
    private (long All, long Peak) _bytes;

    /// <summary>That of a plan's trainers.</summary>
    public static ProcessMemory Of(TimeProvider time, IEnumerable<ITunable> trainers) => new(time, [.. trainers.OfType<IRemoteTrainer>().Select(t => t.Processes).Distinct()]);

    /// <summary>Resident bytes of all of them now, and the most that this process alone has had.</summary>
    public (long All, long Peak) Bytes
    {
        get
        {
            lock (_lock)
            {
                if (_readAt == long.MinValue || time.GetElapsedTime(_readAt).TotalMilliseconds > 100)
                {
                    using var process = Process.GetCurrentProcess();
                    _bytes = (process.WorkingSet64 + others.Sum(o => o.MemoryBytes), process.PeakWorkingSet64);
                    _readAt = time.GetTimestamp();
                }

                return _bytes;
            }
        }
    }
}
