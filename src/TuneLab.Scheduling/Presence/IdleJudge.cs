namespace TuneLab.Scheduling.Presence;

/// <summary>Whether the machine is idle, and why not.</summary>
/// <param name="Holds">Whether it is.</param>
/// <param name="Why">A clause; not empty, and the same as long as nothing changes.</param>
public sealed record IdleState(bool Holds, string Why);

/// <summary>
/// Judges readings. Idle ends at once with the first limit that does not hold. It begins when all hold: after somebody was there, once the keyboard has rested for as long as the settings say; after anything
/// else (load, pressure, memory, battery), once all has held for <see cref="Settle"/>, so that work does not begin and end with every gust. Used by one thread.
/// </summary>
/// <param name="settings">The limits.</param>
/// <param name="time">Measures how long they hold; its wall clock is not looked at.</param>
public sealed class IdleJudge(IdleSettings settings, TimeProvider time)
{
    /// <summary>How long all has to hold after a disturbance.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);

    private bool _idle;
    private long? _disturbed;

    /// <summary>The state with a new reading.</summary>
    public IdleState Judge(PresenceReading reading)
    {
        if (Somebody(reading.SinceInput) is { } somebody)
        {
            return End(somebody);
        }

        if (Disturbance(reading) is { } disturbance)
        {
            _disturbed = time.GetTimestamp();
            return End(disturbance);
        }

        if (_disturbed is { } at && time.GetElapsedTime(at) < Settle)
        {
            return End("the machine has been quiet for less than a minute");
        }

        (_idle, _disturbed) = (true, null);
        return new IdleState(true, "nobody uses the machine");
    }

    private IdleState End(string why)
    {
        _idle = false;
        return new IdleState(false, why);
    }

    private string? Somebody(Reading<TimeSpan> since) => settings.Keyboard is not { } limit ? null
        : since.Value is not { } value ? $"whether somebody is there is not known: {since.Note}"
        : value < limit ? "somebody uses the machine" : null;

    private string? Disturbance(PresenceReading reading)
        => !settings.Mains ? Strain(reading)
        : reading.OnMains.Value is not { } mains ? $"whether it is on mains is not known: {reading.OnMains.Note}"
        : !mains ? "the machine is on battery" : Strain(reading);

    private string? Strain(PresenceReading reading)
    {
        if (settings.FreeMemoryBytes is { } least && !(reading.FreeMemoryBytes.Value >= least))
        {
            return reading.FreeMemoryBytes.Value is null ? $"how much memory is free is not known: {reading.FreeMemoryBytes.Note}" : "too little memory is free";
        }

        if (settings.LoadPerCore is { } most && !(reading.LoadPerCore.Value <= most))
        {
            return reading.LoadPerCore.Value is null ? $"the load of other programs is not known: {reading.LoadPerCore.Note}" : "other programs keep the machine busy";
        }

        // where the system has no such thing, the load says the same
        return _idle || settings.Pressure is not { } pressure || !reading.Pressure.IsOffered || reading.Pressure.Value <= pressure ? null
            : reading.Pressure.Value is null ? $"how long programs wait for a processor is not known: {reading.Pressure.Note}" : "other programs wait for a processor";
    }
}
