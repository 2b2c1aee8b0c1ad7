using TuneLab.Experiments;
using TuneLab.Hosting.Limits;

namespace TuneLab.Hosting.Slices;

/// <summary>Runs each slice in a child process.</summary>
/// <param name="time">The clock.</param>
/// <param name="command">How the program is started that serves one slice (<see cref="SliceServer"/>), given a slice's own arguments.</param>
/// <param name="limits">How far the processes give way to other programs; what can't be applied is told as a note of the slice.</param>
public sealed class SliceRunner(TimeProvider time, Func<SliceOrder, HostCommand> command, WorkLimits limits) : ISliceRunner, IDisposable
{
    private readonly ProcessLimits _limits = new(limits);

    /// <inheritdoc/>
    public ISlice Start(SliceOrder order) => new SliceProcess(command(order), _limits, time);

    /// <inheritdoc/>
    public void Dispose() => _limits.Dispose();
}
