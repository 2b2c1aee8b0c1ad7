using TuneLab.Cli.Composition;
using TuneLab.Errors;
using TuneLab.Experiments.Forecasting;
using TuneLab.Scheduling;
using TuneLab.Scheduling.Queue;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Output;

/// <summary>When an experiment would be done by a worker.</summary>
/// <param name="Forecast">What it still takes, and when that ends: where it is queued, while its windows are open and by its deadline.</param>
/// <param name="Window">When a worker would run it.</param>
/// <param name="Length">How long that is open the next time; null: always, or it is not known.</param>
/// <param name="InWindows">Whether <see cref="Experiments.Forecasting.Forecast.Ends"/> heeds when windows are open.</param>
/// <param name="Cut">The deadline that cuts it; null: none.</param>
internal sealed record Outlook(Forecast Forecast, string Window, TimeSpan? Length, bool InWindows, DateTimeOffset? Cut)
{
    /// <summary>Works it out.</summary>
    /// <param name="forecast">Of work that goes on from now.</param>
    /// <param name="entry">Its queue entry; null: it is not queued, and goes on when somebody runs it.</param>
    /// <param name="permits">The windows.</param>
    /// <param name="when">When the workers run.</param>
    /// <param name="now">The clock.</param>
    public static Outlook Of(Forecast forecast, QueueEntry? entry, IPermits permits, string when, DateTimeOffset now)
    {
        var window = entry?.Window ?? when;
        var (length, isKnown) = NextLength(permits, window, now);
        if (entry is null || !isKnown || forecast is not { Left: { } left, Ends: { } ends })
        {
            return new Outlook(forecast, window, length, false, null);
        }

        var begin = entry.NotBefore > now ? entry.NotBefore.Value : now;
        var within = length is null ? null : Permits.End(permits, window, begin, TimeSpan.FromSeconds(left.Median));
        var end = within ?? ends + (begin - now);
        var coming = QueueWords.IsOverdue(entry, now) ? null : entry.Deadline;
        var cut = coming < end ? coming : null;
        return new Outlook((coming is { } deadline ? forecast.By(deadline, now) : forecast) with { Ends = cut ?? end }, window, length, within is not null, cut);
    }

    private static (TimeSpan? Length, bool IsKnown) NextLength(IPermits permits, string window, DateTimeOffset now)
    {
        try
        {
            return (Permits.NextLength(permits, window, now), true);
        }
        catch (InputException)
        {
            return (null, false); // the worker's file no longer has it, or another file does
        }
    }
}
