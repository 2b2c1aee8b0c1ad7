namespace TuneLab.Scheduling.Presence;

/// <summary>When the machine counts as idle: all limits must hold. A null limit is ignored.</summary>
public sealed record IdleSettings
{
    /// <summary>How long nobody has used keyboard, mouse or terminal. <value>10 min</value></summary>
    public TimeSpan? Keyboard { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most load of other programs per core. <value>0.3</value></summary>
    public double? LoadPerCore { get; init; } = 0.3;

    /// <summary>The most percentage of time in which something waits for a processor; looked at before work begins only, since work's own waiting can't be told apart. <value>20</value></summary>
    public double? Pressure { get; init; } = 20;

    /// <summary>Whether it must be on mains. <value>True.</value></summary>
    public bool Mains { get; init; } = true;

    /// <summary>The least free memory, bytes. <value>1 GB</value></summary>
    public long? FreeMemoryBytes { get; init; } = 1L << 30;
}
