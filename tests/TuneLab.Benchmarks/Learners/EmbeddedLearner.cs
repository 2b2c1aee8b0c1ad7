using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>An embedded trainer.</summary>
/// <param name="trainer">The trainer.</param>
/// <param name="configuration">Its hyperparameters, the last round among them.</param>
/// <param name="name">What it is called.</param>
/// <param name="shared">Whether a timed fit finds the bins there already, as in a search, or makes them anew.</param>
internal sealed class EmbeddedLearner(ITrainer trainer, Configuration configuration, string name = "ours", bool shared = false) : ILearner
{
    private const int SingleRows = 200;

    private (TablePart Part, PreparedFold Fold)? _fold;
    private ITrainedModel? _model;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Measured Fit(TablePart part, int threads)
    {
        if (!shared || _fold?.Part != part)
        {
            _fold = (part, part.Table.FoldOf(part.Train));
        }

        var fold = _fold.Value.Fold;
        if (shared)
        {
            Train(fold, threads, rounds: 1); // makes what is shared, where it is not there yet
        }

        return Measured.Of(() => _model = Train(fold, threads));
    }

    /// <inheritdoc/>
    public PredictTimes Predict(TablePart part, int threads)
    {
        var table = part.Table.FeaturesOf(part.Valid);
        var values = new double[table.RowCount * _model!.Outputs];
        var rows = part.Valid.Take(SingleRows).Select(r => part.Table.FeaturesOf([r])).ToArray();
        var all = Measured.Of(() => _model.Predict(table, values, threads));
        var single = Measured.Of(() =>
        {
            foreach (var row in rows)
            {
                _model.Predict(row, values);
            }
        });
        return new PredictTimes(all, new Measured(single.Seconds / rows.Length, single.CpuSeconds / rows.Length), "");
    }

    /// <inheritdoc/>
    public double[][] Stages(TablePart part, IReadOnlyList<int> stages)
    {
        using var run = Start(part.Table.FoldFor(part.Train), 1, part.Number);
        return [.. stages.Select(stage =>
        {
            run.Advance(stage - run.Rounds, CancellationToken.None);
            var values = new double[part.Valid.Length * part.Table.Source.Outputs];
            run.Predict(part.Valid, values);
            return values;
        })];
    }

    private ITrainedModel Train(PreparedFold fold, int threads, int rounds = int.MaxValue)
    {
        using var run = Start(fold, threads, 0);
        run.Advance(rounds, CancellationToken.None);
        return run.Complete();
    }

    private ITrainingRun Start(PreparedFold fold, int threads, int seed)
        => trainer.Start(new TrainingRequest(fold, fold.Train, configuration, new Seed(1).Child(seed), new ThreadShare(threads)));
}
