namespace TuneLab.Experiments;

/// <summary>How a run uses the machine; nothing here but <see cref="Prior"/> changes a trial.</summary>
public sealed record RunOptions
{
    /// <summary>Evaluations at once. <value>The number of cores.</value></summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads in all, shared by the running fits. <value>The number of cores.</value></summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>After a stop is asked for: how long the best so far may be confirmed and exported. <value>10 s</value></summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// When all must be done at the latest; with <c>budget.deadline</c> the earlier of the two. A stage that can't end in time is cut, so that confirm and export still are; time that is left over does not lengthen a search whose budget
    /// is in trials. <value>Null: whenever the budget is used.</value>
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Whether a warning about the data is enough to train nothing; an error always is. <value>False.</value></summary>
    public bool Strict { get; init; }

    /// <summary>When the process began (<see cref="TimeProvider.GetTimestamp"/>), so that its start counts into <c>budget.time</c>. <value>Null: the call of the runner.</value></summary>
    public long? ProcessStart { get; init; }

    /// <summary>Whether the winner's configuration is learned from fewer rows too, once the answer is there, as far as the time budget has room: what more rows would bring. <value>True.</value></summary>
    public bool LearningCurve { get; init; } = true;

    /// <summary>Whether the winner's configuration is trained without each column too, once the answer is there. <value>False.</value></summary>
    public bool Ablate { get; init; }

    /// <summary>Whether the best configurations are scored again under small changes, once the answer is there. <value>False.</value></summary>
    public bool Perturb { get; init; }

    /// <summary>Holds the run still and lets it go on; a run that is to stop while it is held comes to its end when its holder lets go. <value>Null: nobody does.</value></summary>
    public RunPause? Pause { get; init; }

    /// <summary>Ends the run at once, without an answer, its paused runs kept: run again it goes on as if it had not ended. <value>Never.</value></summary>
    public CancellationToken Leave { get; init; }

    /// <summary>Whether an experiment that is created now begins its search with configurations that did well on the same data before, as far as the store knows. <value>True.</value></summary>
    public bool Prior { get; init; } = true;
}
