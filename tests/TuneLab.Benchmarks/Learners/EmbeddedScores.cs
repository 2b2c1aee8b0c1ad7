using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>An embedded trainer, its validation rows predicted between rounds as in a search.</summary>
/// <param name="trainer">The trainer.</param>
/// <param name="configuration">Its hyperparameters, given the most rounds.</param>
/// <param name="name">What it is called.</param>
internal sealed class EmbeddedScores(ITrainer trainer, Func<int, Configuration> configuration, string name = "ours") : IScored
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double[][] Predict(TablePart part, IReadOnlyList<int> stages)
    {
        using var run = trainer.Start(new TrainingRequest(part.Table.FoldFor(part.Train), part.Train, configuration(stages[^1]), new Seed(1).Child(part.Number), ThreadShare.Single));
        return [.. stages.Select(stage =>
        {
            run.Advance(stage - run.Rounds, CancellationToken.None);
            var values = new double[part.Valid.Length * part.Table.Source.Outputs];
            run.Predict(part.Valid, values);
            return values;
        })];
    }
}
