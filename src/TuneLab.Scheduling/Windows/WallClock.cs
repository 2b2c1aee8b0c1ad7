namespace TuneLab.Scheduling.Windows;

/// <summary>What the clock on the wall shows in a time zone, and when it shows it.</summary>
/// <param name="zone">The time zone.</param>
internal sealed class WallClock(TimeZoneInfo zone)
{
    // no offset is larger: a local day lies within these of the same date's day in UTC
    private static readonly TimeSpan Margin = TimeSpan.FromHours(15);

    public TimeZoneInfo Zone => zone;

    /// <summary>What the clock shows.</summary>
    public DateTime At(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    /// <summary>The date that the calendar on the wall shows.</summary>
    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(At(instant));

    /// <summary>When the clock shows a time: never where it is put forward over it, twice where it is put back over it, else once.</summary>
    public IEnumerable<DateTimeOffset> When(DateTime time)
    {
        if (zone.IsInvalidTime(time))
        {
            return [];
        }

        var offsets = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time) : [zone.GetUtcOffset(time)];
        return offsets.Select(o => new DateTimeOffset(time, o).ToUniversalTime());
    }

    /// <summary>The instants around a date at which the clock is put forward or back; they may lie a day off.</summary>
    public IEnumerable<DateTimeOffset> ChangesAround(DateOnly date)
    {
        var low = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - Margin;
        var high = low + Margin + Margin + TimeSpan.FromDays(1);
        var before = zone.GetUtcOffset(low);
        if (before == zone.GetUtcOffset(high))
        {
            yield break;
        }

        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low + TimeSpan.FromSeconds(Math.Floor((high - low).TotalSeconds / 2));
            (low, high) = zone.GetUtcOffset(middle) == before ? (middle, high) : (low, middle);
        }

        yield return high;
    }
}
