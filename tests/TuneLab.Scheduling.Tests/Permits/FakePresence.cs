using TuneLab.Scheduling.Presence;

namespace TuneLab.Scheduling.Tests.Permits;

/// <summary>A machine of which a test says who is there.</summary>
internal sealed class FakePresence : IPresence
{
    /// <summary>Nobody, for an hour, on an idle machine.</summary>
    public static PresenceReading Nobody { get; } = new()
    {
        SinceInput = Reading<TimeSpan>.Of(TimeSpan.FromHours(1), "a test"),
        LoadPerCore = Reading<double>.Of(0.01, "a test"),
        Pressure = Reading<double>.Of(0, "a test"),
        OnMains = Reading<bool>.Of(true, "a test"),
        FreeMemoryBytes = Reading<long>.Of(8L << 30, "a test"),
    };

    public PresenceReading Now { get; set; } = Nobody;

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    public static PresenceReading Somebody(double seconds = 0) => Nobody with { SinceInput = Reading<TimeSpan>.Of(TimeSpan.FromSeconds(seconds), "a test") };

    public PresenceReading Read()
    {
        Reads++;
        return Now;
    }
}
