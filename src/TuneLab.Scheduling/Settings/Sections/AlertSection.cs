using TuneLab.Experiments.Files.Shapes;
using TuneLab.Metrics;

namespace TuneLab.Scheduling.Settings.Sections;

internal sealed class AlertSection : SectionShape<AlertChannel>
{
    private static readonly NameShape<AlertEvent> Events = new(
    [
        new("finished", AlertEvent.Finished), new("verdict", AlertEvent.Verdict), new("metric", AlertEvent.Metric), new("failed", AlertEvent.Failed), new("window_missed", AlertEvent.WindowMissed),
    ]);

    private readonly Key<string> _webhook;
    private readonly Key<string> _command;
    private readonly Key<string> _file;
    private readonly Key<TimeSpan> _timeout;
    private readonly Key<int> _retries;
    private readonly Key<IReadOnlyList<AlertEvent>> _on;
    private readonly Key<double> _past;
    private readonly Key<string> _metric;

    public AlertSection()
    {
        _webhook = Optional("webhook", new SaidShape("an address like https://example.com/hook", "^https?://", UrlFault), "The address that the event is posted to, as JSON.");
        _command = Optional("command", new TextShape("a program with its arguments"), "The program that is run, with its arguments; the event is on its standard input, as JSON.");
        _file = Optional("file", new TextShape("the path of a file"), "The file that gets a line of JSON; relative to this file's folder.");
        _timeout = Optional("timeout", new DurationShape(), "How long a webhook or a command may take. Left out: 10s.");
        _retries = Optional("retries", new WholeShape<int>(new NumberLimits(0, 100)), "How often a delivery that failed is tried again, each time after a longer wait. Left out: 5.");
        _on = Optional("on", new ListShape<AlertEvent>(Events, "events", single: true), "What is told: finished, verdict, metric (a score went past 'past'), failed, window_missed. Left out: all.");
        _past = Optional("past", new NumberShape(), "metric: the score that has to be gone past; above it or below it, as the metric is better.");
        _metric = Optional("metric", new NameShape<string>([.. MetricCatalog.All.Select(m => m.Id).Distinct().Select(m => new KeyValuePair<string, string>(m, m))]), "metric: of experiments with this metric only. Left out: of any.");
    }

    protected override AlertChannel Build(SectionReader section)
    {
        var carriers = new Key<string>[] { _webhook, _command, _file };
        var given = carriers.Where(section.Has).ToList();
        if (given.Count != 1)
        {
            section.Faults.Add(section.Node, given.Count == 0
                ? $"'{section.Node.Path}' says nowhere to go to; it needs one of webhook, command and file."
                : $"'{section.Node.Path}' has {string.Join(" and ", given.Select(k => k.Name))}; write an entry for each.");
        }

        var on = section.Get(_on);
        if (on is { Count: 0 })
        {
            section.Faults.Add(section.NodeOf(_on), $"'{section.NodeOf(_on).Path}' is empty; leave it out to be told of everything, or take the entry out.");
        }

        var past = section.Maybe(_past);
        if (on is not null && on.Contains(AlertEvent.Metric) && !section.Has(_past))
        {
            section.Faults.Add(section.NodeOf(_on), $"'{section.NodeOf(_on).Path}' has metric, which needs 'past': the score that has to be gone past.");
        }

        foreach (var key in new Key[] { _past, _metric }.Where(k => section.Has(k) && on is not null && !on.Contains(AlertEvent.Metric)))
        {
            section.Faults.Add(section.NodeOf(key), $"'{section.NodeOf(key).Path}' belongs to the event metric, which 'on' does not list.");
        }

        foreach (var key in new Key[] { _timeout, _retries }.Where(k => section.Has(k) && given is [var only] && only == _file))
        {
            section.Faults.Add(section.NodeOf(key), $"'{section.NodeOf(key).Path}' is for a webhook or a command; a file has none.");
        }

        var carrier = given.Count == 0 ? 0 : Array.IndexOf(carriers, given[0]);
        var target = section.Get(carriers[carrier]) ?? "";
        var channel = new AlertChannel
        {
            Carrier = (AlertCarrier)carrier,
            Target = given is [var one] && one == _file && target.Length > 0 ? Path.GetFullPath(target, section.Context.Folder) : target,
            Past = past,
            Metric = section.Get(_metric),
        };
        return channel with
        {
            Timeout = section.Maybe(_timeout) ?? channel.Timeout,
            Retries = section.Maybe(_retries) ?? channel.Retries,
            On = on is null ? [.. channel.On.Where(e => e != AlertEvent.Metric || past is not null)] : [.. on.Distinct().Order()],
        };
    }

    protected override void Put(SectionWriter section, AlertChannel value)
    {
        section.Put(new Key<string>[] { _webhook, _command, _file }[(int)value.Carrier], value.Target);
        section.Put(_timeout, value.Carrier == AlertCarrier.File ? null : value.Timeout);
        section.Put(_retries, value.Carrier == AlertCarrier.File ? null : value.Retries);
        section.Put(_on, value.On);
        section.Put(_past, value.Past);
        section.Put(_metric, value.Metric);
    }

    private static string? UrlFault(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? null : "is no address; allowed is one that begins with http:// or https://";
}
