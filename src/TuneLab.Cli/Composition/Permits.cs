using TuneLab.Cli.Commands;
using TuneLab.Cli.Commands.Work;
using TuneLab.Errors;
using TuneLab.Scheduling;
using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Windows;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Composition;

/// <summary>When the work of a call's store may run.</summary>
internal static class Permits
{
    // a worker that lives says so every 15 s; the number of one that is gone may be another program's by now
    private static readonly TimeSpan Living = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Far = TimeSpan.FromDays(60);

    /// <summary>For verbs that show or change the queue. Entries without a window of their own wait for nothing here: what their worker waits for, <c>work status</c> says.</summary>
    /// <param name="call">The call.</param>
    /// <param name="settings">The settings; null: those that the call finds, and where these have faults, which is said, the defaults.</param>
    public static IPermits Of(Invocation call, WorkerSettings? settings = null) => Of(call, settings ?? WorkerFile.ReadOrDefault(call), BuiltInWindows.Always, () => []);

    /// <summary>The same where the store knows when its worker runs: entries without a window of their own wait for that, unless a worker is at work at another time.</summary>
    /// <param name="call">The call.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="store">The queue.</param>
    public static IPermits Of(Invocation call, WorkerSettings settings, IWorkStore store)
    {
        if (store.When is not { } when || !IsOpenAtTimes(when, settings, call.Environment.Time))
        {
            return Of(call, settings);
        }

        var known = Of(call, settings, when, store);
        return known.For(null, call.Environment.Time.GetUtcNow()).IsOpen || !store.Workers().Any(w => w.State == "running" && WorkStatusVerb.IsLiving(store, w)) ? known : Of(call, settings);
    }

    /// <summary>For a worker.</summary>
    /// <param name="call">The call.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="when">When it runs.</param>
    /// <param name="store">Knows the other workers, whose load is TuneLab's own too.</param>
    public static IPermits Of(Invocation call, WorkerSettings settings, string when, IWorkStore store) => Of(call, settings, when, () => Workers(store, call.Environment.Time));

    /// <summary>When the work of a store is usually done: as its last worker was told, else as the settings say, else at night and while nobody uses the machine.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="store">The queue; null: there is none.</param>
    /// <param name="time">The clock.</param>
    public static string Usual(WorkerSettings settings, IWorkStore? store, TimeProvider time)
        => store?.When is { } when && IsOpenAtTimes(when, settings, time) ? when : settings.When ?? WorkerSettings.DefaultWhen;

    /// <summary>How long windows are open the next time that they open; null where they do not within two months, or are always open.</summary>
    public static TimeSpan? NextLength(IPermits permits, string window, DateTimeOffset now)
    {
        // what is open now has a part behind it, what is at the end of the look ahead one beyond
        var whole = permits.Openings(window, now, now + Far).Where(o => o.From > now && o.To < now + Far).Take(1).ToList();
        return whole.Count > 0 ? whole[0].Length : null;
    }

    /// <summary>When work of that length is done that goes on whenever windows are open; null where that is not known, or far away.</summary>
    public static DateTimeOffset? End(IPermits permits, string window, DateTimeOffset from, TimeSpan work)
    {
        foreach (var opening in permits.Openings(window, from, from + Far))
        {
            if (work <= opening.Length)
            {
                return opening.From + work;
            }

            work -= opening.Length;
        }

        return null;
    }

    // the file may have lost a window since, or two of its windows the time that they had together
    private static bool IsOpenAtTimes(string when, WorkerSettings settings, TimeProvider time) => WhenText.TryParse(when, settings, out var rule, out _) && rule.NeverOpen(time.GetUtcNow()) is null;

    private static WorkPermits Of(Invocation call, WorkerSettings settings, string when, Func<IEnumerable<int>> workers)
        => new(settings, when, call.Environment.Presence(() => workers().Append(Environment.ProcessId), call.Environment.Time), call.Environment.Time);

    private static IEnumerable<int> Workers(IWorkStore store, TimeProvider time)
    {
        try
        {
            return [.. store.Workers().Where(w => w.Machine == Environment.MachineName && time.GetUtcNow() - w.Seen < Living).Select(w => w.Process)];
        }
        catch (InputException)
        {
            return []; // the store can't be read now: whoever else reads it says so
        }
    }
}
