namespace TuneLab.Scheduling.Alerts;

/// <summary>How long to wait before another attempt: 5 s, then four times as long after each further one, at most an hour; longer where the receiver asks for it, up to an hour too.</summary>
public static class BackOff
{
    /// <summary>The first wait.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const double Factor = 4;

    /// <summary>The wait after a failed attempt.</summary>
    /// <param name="attempt">Which, from 1.</param>
    /// <param name="asked">What the receiver asks for; null: nothing.</param>
    public static TimeSpan After(int attempt, TimeSpan? asked = null)
    {
        var seconds = Math.Max(First.TotalSeconds * Math.Pow(Factor, attempt - 1), asked?.TotalSeconds ?? 0);
        return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
    }
}
