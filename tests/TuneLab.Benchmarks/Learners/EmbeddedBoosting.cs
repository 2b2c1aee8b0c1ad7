using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Learners;

/// <summary>The embedded boosting trainer.</summary>
/// <param name="shared">Whether the bins are there already, as in a search, or made anew by every fit.</param>
internal sealed class EmbeddedBoosting(bool shared) : IContender
{
    private const int SingleRows = 200;

    private (TablePart Part, PreparedFold Fold)? _fold;
    private ITrainedModel? _model;

    /// <inheritdoc/>
    public string Name => shared ? "shared" : "ours";

    /// <summary>The configuration of a case.</summary>
    public static Configuration Configuration(BoostingCase settings) => new("boosting",
    [
        new("rounds", settings.Rounds), new("leaves", settings.Leaves), new("learning_rate", 0.1), new("max_bin", 255),
        new("l2", 1), new("min_child_weight", 1), new("min_child_samples", 1),
    ]);

    /// <inheritdoc/>
    public Measured Fit(TablePart part, BoostingCase settings)
    {
        if (!shared || _fold?.Part != part)
        {
            _fold = (part, part.Table.FoldOf(part.Train));
        }

        var fold = _fold.Value.Fold;
        if (shared)
        {
            Train(fold, settings with { Rounds = 1 }); // makes the bins, where they are not there yet
        }

        return Measured.Of(() => _model = Train(fold, settings));
    }

    /// <inheritdoc/>
    public PredictTimes Predict(TablePart part, int threads)
    {
        var table = part.Table.FeaturesOf(part.Valid);
        var values = new double[table.RowCount * _model!.Outputs];
        var rows = part.Valid.Take(SingleRows).Select(r => part.Table.FeaturesOf([r])).ToArray();
        var all = Measured.Of(() => _model.Predict(table, values));
        var single = Measured.Of(() =>
        {
            foreach (var row in rows)
            {
                _model.Predict(row, values);
            }
        });
        return new PredictTimes(all, new Measured(single.Seconds / rows.Length, single.CpuSeconds / rows.Length), "");
    }

    private static ITrainedModel Train(PreparedFold fold, BoostingCase settings)
    {
        using var run = new BoostingTrainer().Start(new TrainingRequest(fold, fold.Train, Configuration(settings), new Seed(1), new ThreadShare(settings.Threads)));
        run.Advance(settings.Rounds, CancellationToken.None);
        return run.Complete();
    }
}
