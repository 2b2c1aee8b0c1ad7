using Microsoft.ML;
using TuneLab.Data;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Definitions;

/// <summary>What an estimator is made from.</summary>
/// <param name="Context">A context of the fit's own.</param>
/// <param name="Task">What is learned.</param>
/// <param name="Options">The hyperparameters.</param>
/// <param name="Seed">Not negative.</param>
/// <param name="Threads">How many threads it may use.</param>
/// <param name="Weight">The name of the weight column; null where all rows weigh the same.</param>
/// <param name="Fields">The names of the columns that hold one field each, for what tells fields apart.</param>
/// <param name="Sparse">Whether vectors hold their non-zero slots only.</param>
internal sealed record TrainerContext(MLContext Context, LearningTask Task, Hyperparameters Options, int Seed, int Threads, string? Weight, IReadOnlyList<string> Fields, bool Sparse)
{
    /// <summary>A number in single precision.</summary>
    public float Single(string name) => (float)Options.Number(name);

    /// <summary>Whether a flag is set.</summary>
    public bool Flag(string name) => Options.Choice(name) == "yes";
}
