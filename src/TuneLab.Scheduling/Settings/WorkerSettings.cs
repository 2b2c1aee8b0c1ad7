using TuneLab.Experiments;
using TuneLab.Scheduling.Permits;
using TuneLab.Scheduling.Presence;
using TuneLab.Scheduling.Windows;

namespace TuneLab.Scheduling.Settings;

/// <summary>configs/worker/worker.yaml: when background work may run, how much of the machine it takes, and who is told.</summary>
public sealed record WorkerSettings
{
    /// <summary>When a worker runs that nobody told when.</summary>
    public const string DefaultWhen = "night,idle";

    /// <summary>The file; null: none, everything has its default.</summary>
    public string? File { get; init; }

    /// <summary>Whose clock the windows go by that name no zone themselves.</summary>
    /// <value>The machine's.</value>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Every window by name, those of the file and the built-in ones that it does not replace.</summary>
    public required IReadOnlyDictionary<string, WorkWindow> Windows { get; init; }

    /// <summary>When the worker runs, as <see cref="WhenText"/> reads it; null: the file does not say.</summary>
    public string? When { get; init; }

    /// <summary>When the machine counts as idle.</summary>
    public IdleSettings Idle { get; init; } = new();

    /// <summary>Evaluations at once; null: as <c>run</c> decides.</summary>
    public int? Jobs { get; init; }

    /// <summary>Threads in all; null: the cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Memory that work may take, bytes; null: no cap.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The nice value of work, 0 to 19.</summary>
    public int Nice { get; init; } = 19;

    /// <summary>The class of work's disk access.</summary>
    public IoClass Io { get; init; } = IoClass.Idle;

    /// <summary>What becomes of an experiment that fails.</summary>
    public RetrySettings Retry { get; init; } = new();

    /// <summary>How the worker goes on with what works when the queue is empty.</summary>
    public BackgroundSettings Background { get; init; } = new();

    /// <summary>Who is told of what.</summary>
    public AlertSettings Alerts { get; init; } = new([]);

    /// <summary>What is allowed but may not be meant, each a sentence with its place.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The settings of a machine without a file.</summary>
    /// <param name="time">Gives the machine's time zone.</param>
    public static WorkerSettings Default(TimeProvider time) => new()
    {
        Zone = time.LocalTimeZone,
        Windows = BuiltInWindows.In(time.LocalTimeZone).ToDictionary(w => w.Name, StringComparer.Ordinal),
    };
}

/// <summary>What becomes of an experiment that fails.</summary>
public sealed record RetrySettings
{
    /// <summary>How often it is tried in all, at least once, before it is parked.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long it waits before it is tried again; twice as long after each further failure.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>How the worker goes on with what works when the queue is empty.</summary>
public sealed record BackgroundSettings
{
    /// <summary>The length of one slice of further refinement.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After how many slices without gain an experiment is left alone.</summary>
    public int Plateau { get; init; } = 3;
}
