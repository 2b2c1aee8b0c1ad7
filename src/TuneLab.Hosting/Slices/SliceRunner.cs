using TuneLab.Experiments;

namespace TuneLab.Hosting.Slices;

/// <summary>Runs each slice in a child process.</summary>
/// <param name="time">The clock.</param>
/// <param name="command">How the program is started that serves one slice (<see cref="SliceServer"/>), given a slice's own arguments.</param>
public sealed class SliceRunner(TimeProvider time, Func<SliceOrder, HostCommand> command) : ISliceRunner
{
    /// <inheritdoc/>
    public ISlice Start(SliceOrder order) => new SliceProcess(command(order), time);
}
