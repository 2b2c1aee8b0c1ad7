using TuneLab.Errors;

namespace TuneLab.Scheduling.Tests.Worker;

/// <summary>Windows that a test opens and closes; closed ones are named.</summary>
internal sealed class FakePermits : IPermits
{
    /// <summary>The windows that are closed; an empty name: the worker's own.</summary>
    public HashSet<string> Closed { get; } = [];

    /// <summary>The windows that the worker's file does not have.</summary>
    public HashSet<string> Unknown { get; } = [];

    public Permit For(string? window, DateTimeOffset now)
        => Unknown.Contains(window ?? "") ? throw NoWindow(window) : Closed.Contains(window ?? "") ? new Permit(false, $"'{window ?? "own"}' is closed", null, null) : new Permit(true, "open", null, null);

    private static InputException NoWindow(string? window) => new($"There is no window '{window}'.");

    public DateTimeOffset? NextOpening(string window, DateTimeOffset now) => Unknown.Contains(window) ? throw NoWindow(window) : now.Date.AddDays(1).AddHours(22) is var next ? new DateTimeOffset(next, TimeSpan.Zero) : null;

    public DateTimeOffset? NextChange(DateTimeOffset now) => Times.SelectMany(o => new[] { o.From, o.To }).Where(at => at > now).Select(at => (DateTimeOffset?)at).Min();

    /// <summary>When the windows are open, whichever is asked for.</summary>
    public List<Opening> Times { get; } = [];

    public IReadOnlyList<Opening> Openings(string? window, DateTimeOffset from, DateTimeOffset to)
        => [.. Times.Where(o => o.To > from && o.From < to).Select(o => new Opening(o.From > from ? o.From : from, o.To < to ? o.To : to))];

    public IReadOnlyList<Opening> PossibleOpenings(string? window, DateTimeOffset from, DateTimeOffset to) => Openings(window, from, to);

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
