namespace TuneLab.Experiments;

/// <summary>A program that is tuned: <c>trainer: command</c>. It is run once for each seed of a trial, and says its score on its standard output.</summary>
public sealed record CommandPlan
{
    /// <summary>The id under which it stands where a trainer's id would.</summary>
    public const string Trainer = "command";

    /// <summary>The score that is read where the plan names none.</summary>
    public const string DefaultMetric = "score";

    /// <summary>Program and arguments, <c>python train.py --lr {learning_rate}</c>: a placeholder for each parameter of the space; <c>{rows}</c>, <c>{rounds}</c> and <c>{seed}</c> as wanted. Words are parted by spaces, quotes keep them together; no shell reads it.</summary>
    public required string Run { get; init; }

    /// <summary>Files or folders, absolute, whose contents decide the score besides the arguments: part of the cache key. <value>Empty.</value></summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Whether more of the score is better. <value>True.</value></summary>
    public bool Maximize { get; init; } = true;

    /// <summary>What <c>{rounds}</c> is filled with. <value>Null: the program has no rounds to be told.</value></summary>
    public int? Rounds { get; init; }

    /// <summary>The folder that it runs in, absolute: the experiment file's.</summary>
    public required string Folder { get; init; }
}
