namespace TuneLab.Scheduling.Presence;

/// <summary>What tells whether somebody uses the machine. What can't be read is unknown with its reason, and never guessed.</summary>
public sealed record PresenceReading
{
    /// <summary>How long nobody has used keyboard, mouse or terminal; at least zero.</summary>
    public required Reading<TimeSpan> SinceInput { get; init; }

    /// <summary>The load of other programs per core, averaged over about a minute; at least 0. TuneLab's own processes are taken off.</summary>
    public required Reading<double> LoadPerCore { get; init; }

    /// <summary>The percentage of the last ten seconds in which something waited for a processor, 0 to 100; TuneLab's own waiting is in it.</summary>
    public required Reading<double> Pressure { get; init; }

    /// <summary>Whether the machine is not on battery.</summary>
    public required Reading<bool> OnMains { get; init; }

    /// <summary>Memory that is free, or would be if TuneLab's processes ended, bytes.</summary>
    public required Reading<long> FreeMemoryBytes { get; init; }
}

/// <summary>
/// Reads whether somebody uses the machine.
/// <para><b>Contract.</b> Called about once a second by one thread; costs a few milliseconds of processor time at most. Never throws: what can't be read is unknown.</para>
/// </summary>
public interface IPresence
{
    /// <summary>Reads.</summary>
    PresenceReading Read();
}
