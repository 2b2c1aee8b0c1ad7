namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>Windows that a test opens and closes; closed ones are named.</summary>
internal sealed class FakePermits : IPermits
{
    /// <summary>The windows that are closed; an empty name: the worker's own.</summary>
    public HashSet<string> Closed { get; } = [];

    public Permit For(string? window, DateTimeOffset now)
        => Closed.Contains(window ?? "") ? new Permit(false, $"'{window ?? "own"}' is closed", null, null) : new Permit(true, "open", null, null);

    public DateTimeOffset? NextOpening(string window, DateTimeOffset now) => now.Date.AddDays(1).AddHours(22) is var next ? new DateTimeOffset(next, TimeSpan.Zero) : null;

    public IReadOnlyList<Opening> Openings(string? window, DateTimeOffset from, DateTimeOffset to) => [];

    public DateTimeOffset SameTime(DateTimeOffset instant, DateTimeOffset after)
    {
        while (instant <= after)
        {
            instant = instant.AddDays(1);
        }

        return instant;
    }

    public string Words(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
