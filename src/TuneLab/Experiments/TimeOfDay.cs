namespace TuneLab.Experiments;

/// <summary>Times of day as instants, in a time zone. A time that a change of daylight saving leaves out is the one an hour later; of one that comes twice the first is meant.</summary>
public static class TimeOfDay
{
    /// <summary>The first instant after another one at a time of day.</summary>
    public static DateTimeOffset Next(TimeOnly time, DateTimeOffset after, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        var next = At(today.ToDateTime(time), zone);
        return next > after ? next : At(today.AddDays(1).ToDateTime(time), zone);
    }

    /// <summary>The instant at which a clock in the zone shows a date and time.</summary>
    public static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
