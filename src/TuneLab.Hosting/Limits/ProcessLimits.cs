using System.Diagnostics;
using TuneLab.Errors;
using TuneLab.Experiments;

namespace TuneLab.Hosting.Limits;

/// <summary>Applies limits to the processes of a worker's experiments, and says once what could not be applied. Thread-safe.</summary>
internal sealed class ProcessLimits : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _said = [];
    private readonly WorkLimits _limits;
    private readonly WorkGroup? _group;

    /// <param name="limits">The limits.</param>
    public ProcessLimits(WorkLimits limits)
    {
        _limits = limits;
        try
        {
            _group = OperatingSystem.IsLinux() && limits.Nice > 0 | limits.MemoryBytes is not null ? WorkGroup.Make("/", Environment.ProcessId, limits.MemoryBytes) : null;
        }
        catch (TuneLabException e)
        {
            NoGroup = e.Message;
        }
    }

    private string? NoGroup { get; }

    /// <summary>On the thread that starts a child.</summary>
    /// <returns>What could not be applied and has not been said before.</returns>
    public IReadOnlyList<string> BeforeStart() => New(ProcessPriority.BeforeStart(_limits));

    /// <summary>On a child that was started.</summary>
    /// <returns>As <see cref="BeforeStart"/>.</returns>
    public IReadOnlyList<string> AfterStart(Process child) => New(ProcessPriority.AfterStart(child, _limits).Concat(Group(child)));

    /// <inheritdoc/>
    public void Dispose() => _group?.Dispose();

    private IEnumerable<string> Group(Process child)
    {
        string? fault = null;
        try
        {
            _group?.Add(child.Id);
            fault = NoGroup;
        }
        catch (TuneLabException e)
        {
            fault = e.Message;
        }

        // without a cap the priority does nearly the same
        return _limits.MemoryBytes is null ? [] : fault is not null ? [$"no control group caps the memory ({fault}); the search itself keeps to it"]
            : _group is null ? ["the system caps no memory here; the search itself keeps to it"] : [];
    }

    private List<string> New(IEnumerable<string> faults)
    {
        lock (_lock)
        {
            return [.. faults.Where(_said.Add)];
        }
    }
}
