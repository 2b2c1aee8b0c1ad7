namespace TuneLab.Experiments;

/// <summary>The class of disk access.</summary>
public enum IoClass
{
    /// <summary>Only when nobody else reads or writes.</summary>
    Idle,

    /// <summary>After everybody else.</summary>
    Low,

    /// <summary>Like any other program.</summary>
    Normal,
}

/// <summary>How far background work gives way to other programs.</summary>
/// <param name="Nice">The nice value, 0 to 19.</param>
/// <param name="Io">The class of its disk access.</param>
/// <param name="MemoryBytes">The most memory that it takes, bytes; null: no cap.</param>
public sealed record WorkLimits(int Nice, IoClass Io, long? MemoryBytes);
