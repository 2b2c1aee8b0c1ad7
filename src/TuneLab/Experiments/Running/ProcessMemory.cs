using System.Diagnostics;

namespace TuneLab.Experiments.Running;

/// <summary>The memory of this process, read at most ten times a second. Thread-safe.</summary>
internal sealed class ProcessMemory(TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _readAt = long.MinValue;
    private (long Now, long Peak) _bytes;

    /// <summary>Resident bytes now, and the most there were.</summary>
    public (long Now, long Peak) Bytes
    {
        get
        {
            lock (_lock)
            {
                if (_readAt == long.MinValue || time.GetElapsedTime(_readAt).TotalMilliseconds > 100)
                {
                    using var process = Process.GetCurrentProcess();
                    _bytes = (process.WorkingSet64, process.PeakWorkingSet64);
                    _readAt = time.GetTimestamp();
                }

                return _bytes;
            }
        }
    }
}
