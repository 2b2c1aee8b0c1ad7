namespace TuneLab.Scheduling.Worker;

/// <summary>How a worker works.</summary>
public sealed record WorkerOptions
{
    /// <summary>Its name: unlike that of any other worker on the store.</summary>
    public required string Id { get; init; }

    /// <summary>The id of its process.</summary>
    public required int Process { get; init; }

    /// <summary>The name of its machine.</summary>
    public required string Machine { get; init; }

    /// <summary>Evaluations at once. <value>The number of cores.</value></summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads in all. <value>The number of cores.</value></summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether it ends when nothing more can run. <value>False: it waits for more.</value></summary>
    public bool Drain { get; init; }

    /// <summary>How often an experiment may fail before it is parked. <value>3</value></summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long after a first failure it is tried again; twice as long after each further one. <value>1 min</value></summary>
    public TimeSpan RetryWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an experiment may rest in memory while the worker may not work; then its process ends, and it goes on from the store. <value>10 min</value></summary>
    public TimeSpan RestInMemory { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an experiment may take to end when it is left, before its process is ended. <value>20 s</value></summary>
    public TimeSpan LeaveLimit { get; init; } = TimeSpan.FromSeconds(20);
}
