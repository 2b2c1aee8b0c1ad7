using System.Text.Json;
using TuneLab.Scheduling;
using TuneLab.Scheduling.Queue;
using TuneLab.Scheduling.Review;
using TuneLab.Storage.Work;

namespace TuneLab.Cli.Output;

/// <summary>What became of the queue lately, for people and for programs.</summary>
internal static class WorkReviewView
{
    private const int Shown = 5;

    /// <param name="output">Where to.</param>
    /// <param name="review">What became of it.</param>
    /// <param name="store">The queue.</param>
    /// <param name="permits">When work may run.</param>
    /// <param name="outlook">When an entry would be done.</param>
    /// <param name="now">The clock.</param>
    public static void WriteText(TextWriter output, WorkReview review, IWorkStore store, IPermits permits, Func<QueueEntry, Outlook> outlook, DateTimeOffset now)
    {
        output.WriteLine($"The queue since {permits.Words(review.Since)}");
        if (review.Ran.Count == 0)
        {
            output.WriteLine("  Nothing ran.");
        }
        else
        {
            var ran = new TextTable("  ran", "state", ">worked", "what came of it");
            foreach (var entry in review.Ran)
            {
                ran.Add("  " + entry.Entry.Name, QueueView.Word(entry.Entry, store), Words.Clock(TimeSpan.FromSeconds(entry.WorkedSeconds)), entry.Entry.Reason.Length > 0 ? entry.Entry.Reason : "-");
            }

            ran.Write(output);
        }

        foreach (var entry in review.Failed.Where(f => review.Ran.All(r => r.Entry.Id != f.Id)))
        {
            output.WriteLine("  " + QueueWords.Failure(entry));
        }

        foreach (var missed in review.Missed)
        {
            output.WriteLine($"  {missed.Entry.Name} missed its window, {permits.Words(missed.Opening.From)} to {permits.Words(missed.Opening.To)}: {missed.Reason}");
        }

        if (review.Open > TimeSpan.Zero)
        {
            output.WriteLine($"  The windows were open for {Words.Span(review.Open.TotalSeconds)}; {(100 * review.Used / review.Open).ToString("0", CultureInfo.InvariantCulture)} % of that was used.");
        }

        output.WriteLine();
        if (review.Next.Count == 0)
        {
            output.WriteLine("Next: nothing; the queue is empty.");
            return;
        }

        var next = new TextTable("next", "state", "when", "forecast");
        foreach (var entry in review.Next.Take(Shown))
        {
            next.Add(entry.Name, QueueView.Word(entry, store), entry.State == QueueState.Running && !QueueEdits.IsLeftBehind(store, entry) ? "now" : QueueView.Why(entry, store, permits, now), Needs(outlook(entry)));
        }

        next.Write(output);
        if (review.Next.Count > Shown)
        {
            output.WriteLine($"and {review.Next.Count - Shown} more: tunelab queue list");
        }
    }

    private static string Needs(Outlook outlook) => outlook.Forecast.NotYet is { } why ? "not yet: " + why : ForecastView.Need(outlook.Forecast, outlook.Window, outlook.Length);

    public static void WriteJson(Utf8JsonWriter json, WorkReview review, IWorkStore store, IPermits permits, Func<QueueEntry, Outlook> outlook, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("since", review.Since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("worked_seconds", review.WorkedSeconds);
        json.WriteNumber("windows_open_seconds", review.Open.TotalSeconds);
        json.WriteNumber("windows_used_seconds", review.Used.TotalSeconds);
        json.WriteStartArray("ran");
        foreach (var entry in review.Ran)
        {
            json.WriteStartObject();
            json.WriteNumber("id", entry.Entry.Id);
            json.WriteString("name", entry.Entry.Name);
            json.WriteString("state", QueueView.Word(entry.Entry, store));
            json.WriteNumber("worked_seconds", entry.WorkedSeconds);
            json.WriteString("reason", entry.Entry.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("failed");
        QueueView.WriteJson(json, review.Failed, store, permits, now);
        json.WriteStartArray("missed");
        foreach (var missed in review.Missed)
        {
            json.WriteStartObject();
            json.WriteNumber("id", missed.Entry.Id);
            json.WriteString("name", missed.Entry.Name);
            json.WriteString("opened", missed.Opening.From.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("closed", missed.Opening.To.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("reason", missed.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("next");
        QueueView.WriteJson(json, review.Next, store, permits, now, entry => ForecastView.WriteJson(outlook(entry), json));
        json.WriteEndObject();
    }
}
