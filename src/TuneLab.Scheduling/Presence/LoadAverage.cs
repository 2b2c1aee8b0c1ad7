namespace TuneLab.Scheduling.Presence;

/// <summary>The load over the last minute from growing counts of processor seconds. Before a minute has been measured, the rest of it is what the system's own average said when measuring began. Used by one thread.</summary>
internal sealed class LoadAverage(TimeProvider time)
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly Queue<(long At, double Seconds)> _counts = new();
    private double _before;

    /// <summary>Adds a count and gives the average number of busy processors.</summary>
    /// <param name="seconds">Processor seconds that were used up to now.</param>
    /// <param name="before">The average of the minute before, where nothing has been measured within two minutes.</param>
    public double Add(double seconds, double before)
    {
        var now = time.GetTimestamp();
        if (_counts.Count > 0 && time.GetElapsedTime(_counts.Last().At, now) > 2 * Span)
        {
            _counts.Clear();
        }

        if (_counts.Count == 0)
        {
            _before = before;
        }

        _counts.Enqueue((now, seconds));
        while (_counts.Count > 2 && time.GetElapsedTime(_counts.ElementAt(1).At, now) >= Span)
        {
            _counts.Dequeue();
        }

        var first = _counts.Peek();
        var measured = time.GetElapsedTime(first.At, now);
        var used = Math.Max(0, seconds - first.Seconds);
        return measured >= Span ? used / measured.TotalSeconds : ((_before * (Span - measured).TotalSeconds) + used) / Span.TotalSeconds;
    }
}
