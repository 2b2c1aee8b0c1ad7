using TuneLab.Cli.Commands;
using TuneLab.Scheduling;

namespace TuneLab.Cli.Composition;

/// <summary>When the work of a call's store may run.</summary>
internal static class Permits
{
    /// <summary>The permits.</summary>
    public static IPermits Of(Invocation call) => new Always(call.Environment.Time.LocalTimeZone);

    private sealed class Always(TimeZoneInfo zone) : IPermits
    {
        public Permit For(string? window, DateTimeOffset now) => new(true, "it may always", null, null);

        public DateTimeOffset? NextOpening(string window, DateTimeOffset now) => null;

        public string Words(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
