using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Experiments.Commands;

/// <summary>A program as what is tuned. It trains in a process of its own, so there is nothing here but what the search needs to know.</summary>
internal sealed class CommandTrainer(SearchSpace space, Configuration start, int? rounds) : ITunable
{
    /// <summary>Rows are a fraction to a program; as a count of work they stand for so many.</summary>
    public const int Rows = 1000;

    // raised when the same plan runs the program otherwise than before
    private const int Version = 1;

    /// <inheritdoc/>
    public TrainerInfo Info { get; } = new()
    {
        Id = CommandPlan.Trainer,
        Summary = "A program of your own.",
        Version = Version,
        Engine = CommandPlan.Trainer,
        Tasks = [],
        Incremental = true,
        RoundsOverfit = false, // its last word counts
        Parameters = space,
        DefaultSpace = space,
        Default = start,
        Cheap = start,
        MaxRounds = _ => rounds ?? 1,
        Cost = (_, rows, _, _) => rows,
    };
}
