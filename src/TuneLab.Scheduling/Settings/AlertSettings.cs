namespace TuneLab.Scheduling.Settings;

/// <summary>Who is told of what.</summary>
/// <param name="Channels">Where events go; empty: nobody is told.</param>
public sealed record AlertSettings(IReadOnlyList<AlertChannel> Channels);

/// <summary>What an alert tells of.</summary>
public enum AlertEvent
{
    /// <summary>An experiment has its answer.</summary>
    Finished,

    /// <summary>A hypothesis is supported, refuted or left undecided.</summary>
    Verdict,

    /// <summary>A score went past <see cref="AlertChannel.Past"/>.</summary>
    Metric,

    /// <summary>An experiment failed and is tried no more, or not before its next turn.</summary>
    Failed,

    /// <summary>A window closed before the work that waited for it was done.</summary>
    WindowMissed,
}

/// <summary>What carries an alert.</summary>
public enum AlertCarrier
{
    /// <summary>JSON is posted to a URL.</summary>
    Webhook,

    /// <summary>A program is run.</summary>
    Command,

    /// <summary>A line is written to a file.</summary>
    File,
}

/// <summary>One place that events go to.</summary>
public sealed record AlertChannel
{
    /// <summary>What carries it.</summary>
    public required AlertCarrier Carrier { get; init; }

    /// <summary>The URL, the program with its arguments, or the absolute path of the file.</summary>
    public required string Target { get; init; }

    /// <summary>How long a webhook or a command may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a delivery is tried again after it failed; 0: never.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>What it is told of, in the order of <see cref="AlertEvent"/>.</summary>
    public IReadOnlyList<AlertEvent> On { get; init; } = Enum.GetValues<AlertEvent>();

    /// <summary>The threshold of <see cref="AlertEvent.Metric"/>; null: the event is not told of.</summary>
    public double? Past { get; init; }

    /// <summary>Of which metric, by its id; null: of any experiment's own.</summary>
    public string? Metric { get; init; }
}
