using System.Reflection;
using TuneLab.Errors;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>A store that can't be used while its disk is full.</summary>
public class FullDiskStore : DispatchProxy
{
    /// <summary>What is asked while it is not.</summary>
    public IWorkStore? Inner { get; set; }

    public bool IsFull { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => IsFull ? throw new InputException("the disk is full") : targetMethod!.Invoke(Inner, args);
}
