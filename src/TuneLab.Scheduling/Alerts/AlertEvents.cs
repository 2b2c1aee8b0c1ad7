using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Metrics;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Review;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Alerts;

/// <summary>An alert and whom it goes to.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Channels">The channels' names; empty: nobody wants to know.</param>
public sealed record AddressedAlert(Alert Alert, IReadOnlyList<string> Channels);

/// <summary>
/// What there is to tell of an entry of the queue. Pure functions of what is stored: whoever looks, and however often, finds the same alerts with the same ids.
/// An answer's id is made of the entry, the experiment and the answer itself, so a run that finds an answer again tells nothing new, and a better answer (a new generation) does; a failure's of the entry and its last slice (of one that repeats, its next turn too), a missed deadline's of the entry and the deadline;
/// that of a score during the search of the experiment and the threshold; a missed opening's of the entry and the instant of the opening.
/// </summary>
public static class AlertEvents
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of an entry that has its answer: the last of them is <see cref="AlertEvent.Finished"/>, whether or not anybody wants to know.</summary>
    /// <param name="entry">As it was stored then.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="channels">All channels.</param>
    public static IReadOnlyList<AddressedAlert> OfAnswer(QueueEntry entry, SliceAnswer answer, IReadOnlyList<AlertChannel> channels)
    {
        var what = Key(entry, answer.Verdict, answer.Sentence);
        List<AddressedAlert> alerts = [.. answer.Score is { } score ? OfScore(entry, answer.Metric, score, channels, what, "", json => WriteAnswer(json, answer)) : []];
        var told = To(channels, AlertEvent.Verdict);
        if (told.Count > 0)
        {
            alerts.Add(new(Make(AlertEvent.Verdict, what, entry, $"{entry.Name}: {answer.Sentence}", json => WriteAnswer(json, answer)), told));
        }

        alerts.Add(new(Make(AlertEvent.Finished, what, entry, $"{entry.Name} is done{(QueueWords.HasMissed(entry) ? ", after its deadline" : "")}: {answer.Sentence}", json => WriteAnswer(json, answer)), To(channels, AlertEvent.Finished)));
        return alerts;
    }

    /// <summary>Of a score in the midst of a search: once for each threshold and experiment.</summary>
    /// <param name="entry">As it was stored then, with the number of its experiment.</param>
    /// <param name="scored">The best so far.</param>
    /// <param name="at">When that was heard of.</param>
    /// <param name="channels">All channels.</param>
    public static IReadOnlyList<AddressedAlert> OfScore(QueueEntry entry, SliceScored scored, DateTimeOffset at, IReadOnlyList<AlertChannel> channels)
        => [.. OfScore(entry with { Updated = at }, scored.Metric, scored.Score, channels, Key(entry, "search"), " in its search", json =>
        {
            json.WriteString("metric", scored.Metric);
            json.WriteNumber("score", scored.Score);
            json.WriteBoolean("so_far", true);
        })];

    /// <summary>Of an entry that its windows were open for in vain.</summary>
    /// <param name="missed">It and the opening.</param>
    /// <param name="since">When somebody was first told of anything: it tells stores apart where the opening, of the worker's own windows, is told once for all entries.</param>
    /// <param name="words">An instant for people.</param>
    /// <param name="channels">All channels.</param>
    public static AddressedAlert OfMissed(MissedOpening missed, DateTimeOffset since, Func<DateTimeOffset, string> words, IReadOnlyList<AlertChannel> channels)
        => new(
            Make(AlertEvent.WindowMissed, missed.Entry.Window is null ? $"opening\n{Instant(since)}\n{Instant(missed.Opening.From)}" : Key(missed.Entry with { Experiment = null }, "opening", Instant(missed.Opening.From)), missed.Entry with { Updated = missed.Opening.To }, $"{missed.Entry.Name} missed its window, {words(missed.Opening.From)} to {words(missed.Opening.To)}: {missed.Reason}", json =>
            {
                json.WriteString("opened", Instant(missed.Opening.From));
                json.WriteString("closed", Instant(missed.Opening.To));
                json.WriteString("reason", missed.Reason);
            }),
            To(channels, AlertEvent.WindowMissed));

    /// <summary>Of an entry that failed and is not tried again at once, or missed its deadline.</summary>
    /// <param name="entry">As it was stored then.</param>
    /// <param name="slice">The number of its last slice; 0: none was begun.</param>
    /// <param name="channels">All channels.</param>
    public static AddressedAlert OfFailure(QueueEntry entry, long slice, IReadOnlyList<AlertChannel> channels)
    {
        var missed = entry.Deadline is not null && QueueWords.HasMissed(entry);
        var kind = missed ? AlertEvent.WindowMissed : AlertEvent.Failed;
        var what = missed ? Key(entry, "deadline", Instant(entry.Deadline!.Value))
            : Key(entry, [slice.ToString(CultureInfo.InvariantCulture), entry.DataDigest + entry.Reason, .. entry is { Repeat: not null, NotBefore: { } next } ? [Instant(next)] : Array.Empty<string>()]);
        return new(
            Make(kind, what, entry, QueueWords.Failure(entry), json =>
            {
                if (entry.Deadline is { } deadline)
                {
                    json.WriteString("deadline", Instant(deadline));
                }
            }),
            To(channels, kind));
    }

    // one alert for each threshold that the score went past
    private static IEnumerable<AddressedAlert> OfScore(QueueEntry entry, string metric, double score, IReadOnlyList<AlertChannel> channels, string what, string where, Action<Utf8JsonWriter> more)
    {
        var groups = channels.Where(c => c.On.Contains(AlertEvent.Metric) && (c.Metric is null || c.Metric == metric) && c.Past is not null).GroupBy(c => c.Past!.Value).ToList();
        if (groups.Count == 0 || HigherIsBetter(entry, metric) is not { } higher)
        {
            yield break;
        }

        foreach (var group in groups.Where(g => higher ? score >= g.Key : score <= g.Key))
        {
            var threshold = group.Key.ToString("R", CultureInfo.InvariantCulture);
            yield return new(Make(AlertEvent.Metric, what + "\n" + threshold, entry, $"{entry.Name}: {metric} {score.ToString("G6", CultureInfo.InvariantCulture)}{where} is past {threshold}", json =>
            {
                more(json);
                json.WriteNumber("threshold", group.Key);
            }), Names(group));
        }
    }

    private static bool? HigherIsBetter(QueueEntry entry, string metric)
    {
        try
        {
            return PlanReader.Read(entry.Plan, entry.File).Command?.Maximize ?? MetricCatalog.All.FirstOrDefault(m => m.Id == metric)?.HigherIsBetter;
        }
        catch (InputException)
        {
            return null; // a plan that this build can't read: which way is past is not known
        }
    }

    private static List<string> To(IReadOnlyList<AlertChannel> channels, AlertEvent kind) => Names(channels.Where(c => c.On.Contains(kind)));

    private static List<string> Names(IEnumerable<AlertChannel> channels) => [.. channels.Select(AlertChannelName.Of).Distinct().Order(StringComparer.Ordinal)];

    private static string Key(QueueEntry entry, params IEnumerable<string> parts)
        => string.Join('\n', [entry.Id.ToString(CultureInfo.InvariantCulture), entry.Added.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.Experiment?.ToString(CultureInfo.InvariantCulture) ?? "-", .. parts]);

    private static Alert Make(AlertEvent kind, string what, QueueEntry entry, string text, Action<Utf8JsonWriter> more)
    {
        var word = Word(kind);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(word + "\n" + what)))[..32];
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("event", word);
            json.WriteString("at", Instant(entry.Updated));
            json.WriteString("text", text);
            json.WriteString("experiment", entry.Name);
            json.WriteNumber("entry", entry.Id);
            json.WriteString("file", entry.File);
            more(json);
            json.WriteEndObject();
        }

        return new Alert(id, word, entry.Id, entry.Experiment, Encoding.UTF8.GetString(body.ToArray()), entry.Updated);
    }

    private static void WriteAnswer(Utf8JsonWriter json, SliceAnswer answer)
    {
        json.WriteString("verdict", answer.Verdict);
        json.WriteString("metric", answer.Metric);
        if (answer.Score is { } score)
        {
            json.WriteNumber("score", score);
        }

        json.WriteString("trainer", answer.Trainer);
    }

    private static string Word(AlertEvent kind) => kind == AlertEvent.WindowMissed ? "window_missed" : kind.ToString().ToLowerInvariant();

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
