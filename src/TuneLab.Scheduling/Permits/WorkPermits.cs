using System.Collections.Concurrent;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Settings;

namespace TuneLab.Scheduling.Permits;

/// <summary>The permits of a worker's settings. Windows are pure functions of the instant that is asked about, so a clock that is set back asks about an earlier one and nothing else. Any thread.</summary>
public sealed class WorkPermits : IPermits
{
    // whoever comes back is seen within a second; whether somebody has left is not urgent
    private static readonly TimeSpan WhileIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileUsed = TimeSpan.FromSeconds(5);
    private static readonly IdleState NotAsked = new(false, "not asked");

    private readonly ConcurrentDictionary<string, WhenRule> _rules = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private readonly WorkerSettings _settings;
    private readonly IPresence _presence;
    private readonly IdleJudge _judge;
    private readonly TimeProvider _time;
    private long _readAt;
    private IdleState? _idle;

    /// <summary>The permits.</summary>
    /// <param name="settings">Windows and limits.</param>
    /// <param name="when">When the worker itself runs, as <see cref="WhenText"/> reads it.</param>
    /// <param name="presence">Reads whether somebody uses the machine; only asked where a rule has <c>idle</c> in it, then every one to five seconds at most.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InputException"><paramref name="when"/> is no rule, or never holds.</exception>
    public WorkPermits(WorkerSettings settings, string when, IPresence presence, TimeProvider time)
    {
        (_settings, _presence, _time, _judge) = (settings, presence, time, new IdleJudge(settings.Idle, time));
        When = Rule(when, time.GetUtcNow());
    }

    /// <summary>When the worker itself runs.</summary>
    public WhenRule When { get; }

    /// <inheritdoc/>
    public Permit For(string? window, DateTimeOffset now)
    {
        var rule = window is null ? When : Rule(window, now);
        return rule.At(now, rule.UsesIdle ? Idle() : NotAsked, Words);
    }

    /// <inheritdoc/>
    public DateTimeOffset? NextOpening(string window, DateTimeOffset now) => Rule(window, now).NextOpening(now);

    /// <inheritdoc/>
    public DateTimeOffset? NextChange(DateTimeOffset now) => _rules.Values.Min(r => r.NextChange(now));

    /// <inheritdoc/>
    public IReadOnlyList<Opening> Openings(string? window, DateTimeOffset from, DateTimeOffset to) => [.. (window is null ? When : Rule(window, from)).Openings(from, to)];

    /// <inheritdoc/>
    public IReadOnlyList<Opening> PossibleOpenings(string? window, DateTimeOffset from, DateTimeOffset to) => [.. (window is null ? When : Rule(window, from)).PossibleOpenings(from, to)];

    /// <inheritdoc/>
    public DateTimeOffset SameTime(DateTimeOffset instant, DateTimeOffset after)
        => instant > after ? instant : TimeOfDay.Next(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _settings.Zone).DateTime), after, _settings.Zone);

    /// <inheritdoc/>
    public string Words(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, _settings.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private WhenRule Rule(string text, DateTimeOffset now)
    {
        if (_rules.TryGetValue(text, out var known))
        {
            return known;
        }

        if (!WhenText.TryParse(text, _settings, out var rule, out var fault))
        {
            throw new InputException($"'{text}' does not say when work may run: {fault}", _settings.File is { } file ? $"Windows of your own are in {file}." : "Windows of your own are written into a worker file: configs/worker/worker.yaml is one to begin with.");
        }

        if (rule.NeverOpen(now) is { } never)
        {
            throw new InputException($"'{never}' never opens: its windows are at no time open together.", "A comma, in place of '+', is for either of them.");
        }

        return _rules[text] = rule;
    }

    private IdleState Idle()
    {
        lock (_reading)
        {
            if (_idle is { } last && _time.GetElapsedTime(_readAt) < (last.Holds ? WhileIdle : WhileUsed))
            {
                return last;
            }

            var state = _judge.Judge(_presence.Read());
            _readAt = _time.GetTimestamp();
            return _idle = state;
        }
    }
}
