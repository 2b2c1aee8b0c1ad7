using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Review;
using TuneLab.Scheduling.Settings;
using TuneLab.Scheduling.Worker;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Alerts;

/// <summary>
/// Makes alerts of what a worker tells and puts them into the store, from where an <see cref="AlertSender"/> takes them. What a worker that was killed, or a store that could not be written, left untold is found
/// in the queue by <see cref="Look"/>, as far as it is of the last day and of the time since somebody was first told of anything. Used by the worker's thread.
/// </summary>
/// <param name="store">The queue.</param>
/// <param name="settings">Who is told of what.</param>
/// <param name="answers">The stored answer of an experiment, or null where there is none.</param>
/// <param name="permits">The windows, whose openings may be missed.</param>
/// <param name="time">The clock.</param>
public sealed class AlertMonitor(IWorkStore store, AlertSettings settings, Func<long, SliceAnswer?> answers, IPermits permits, TimeProvider time) : IWorkerMonitor
{
    /// <summary>The event of the record that says since when alerts are made; nobody is sent it.</summary>
    public const string Since = "since";

    // another worker's death is seen within so long
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Recent = TimeSpan.FromDays(1);

    private readonly HashSet<(long Entry, long Version)> _seen = [];
    private DateTimeOffset _looked = DateTimeOffset.MinValue;
    private DateTimeOffset _openingsUntil = DateTimeOffset.MinValue;

    /// <summary>Tells what has happened and was not told; does something once a minute only. Never throws: what can't be stored now is tried again.</summary>
    public void Look()
    {
        var now = time.GetUtcNow();
        if (settings.Channels.Count == 0 || (now - _looked).Duration() < Interval)
        {
            return;
        }

        _looked = now;
        try
        {
            CatchUp(now);
        }
        catch (TuneLabException)
        {
            _looked = DateTimeOffset.MinValue; // a full disk, say
        }
    }

    /// <inheritdoc/>
    public void Ended(QueueEntry entry, SliceEnded end)
        => Try(() =>
        {
            if (QueueWords.HasFailed(entry))
            {
                Raise([Failure(entry)]);
            }

            if (end.Answer is { } answer && (end.How == SliceEnd.Answered || QueueWords.HasMissed(entry)))
            {
                Raise(AlertEvents.OfAnswer(entry, answer, settings.Channels));
            }
        });

    /// <inheritdoc/>
    public void Missed(QueueEntry entry) => Try(() => Raise([Failure(entry)]));

    /// <inheritdoc/>
    public void Scored(QueueEntry entry, SliceScored scored) => Try(() => Raise(AlertEvents.OfScore(entry, scored, time.GetUtcNow(), settings.Channels)));

    /// <inheritdoc/>
    public void Started(QueueEntry entry)
    {
    }

    /// <inheritdoc/>
    public void Note(QueueEntry? entry, string text)
    {
    }

    /// <inheritdoc/>
    public void Waiting(string reason)
    {
    }

    /// <inheritdoc/>
    public void Rested(QueueEntry entry, bool rests, string reason)
    {
    }

    // a worker's monitor must not throw; what is not stored now is found by the next look
    private void Try(Action tell)
    {
        if (settings.Channels.Count == 0)
        {
            return;
        }

        try
        {
            tell();
        }
        catch (TuneLabException)
        {
            _looked = DateTimeOffset.MinValue;
        }
    }

    private void CatchUp(DateTimeOffset now)
    {
        store.RaiseAlert(new Alert(Since, Since, null, null, "{}", now), []);
        // not within a day of now where the clock was another one then, ahead by a year, say
        var since = store.FindAlert(Since)!.Raised;
        var begin = (now - since).Duration() > Recent ? now - Recent : since;
        var entries = store.Entries();
        foreach (var entry in entries.Where(e => e.Updated >= begin && !_seen.Contains((e.Id, e.Version))))
        {
            if (QueueWords.HasFailed(entry))
            {
                Raise([Failure(entry)]);
            }

            if ((entry.State == QueueState.Done || entry.Repeat is not null || QueueWords.HasMissed(entry)) && entry.Experiment is { } experiment && answers(experiment) is { } answer && entry.Reason.EndsWith(answer.Sentence, StringComparison.Ordinal))
            {
                var alerts = AlertEvents.OfAnswer(entry, answer, settings.Channels);
                if (store.FindAlert(alerts[^1].Alert.Id) is null)
                {
                    Raise(alerts);
                }
            }

            _seen.Add((entry.Id, entry.Version));
        }

        if (settings.Channels.Any(c => c.On.Contains(AlertEvent.WindowMissed)))
        {
            var after = _openingsUntil > begin && _openingsUntil <= now ? _openingsUntil : begin;
            Raise(MissedOpening.Of(store, entries, permits, since > now ? null : since, after, now).Select(m => AlertEvents.OfMissed(m, since, permits.Words, settings.Channels)));
            _openingsUntil = now;
        }
    }

    private AddressedAlert Failure(QueueEntry entry)
        => AlertEvents.OfFailure(entry, store.Slices(entry.Added).Where(s => s.Entry == entry.Id).Select(s => s.Id).DefaultIfEmpty().Max(), settings.Channels);

    private void Raise(IEnumerable<AddressedAlert> alerts)
    {
        foreach (var (alert, channels) in alerts)
        {
            store.RaiseAlert(alert, channels);
        }
    }
}
