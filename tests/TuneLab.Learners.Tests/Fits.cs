using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Learners.Tests;

/// <summary>Fits on whole folds.</summary>
internal static class Fits
{
    /// <summary>The trainer's default with some values replaced, every row and value free to make a split.</summary>
    public static Configuration Free(ITrainer trainer, params (string Name, ParameterValue Value)[] values)
        => values.Aggregate(trainer.Info.Default.With("min_child_samples", 1), (c, v) => c.With(v.Name, v.Value));

    /// <summary>Fits to the end on the fold's training rows.</summary>
    public static ITrainedModel Model(ITrainer trainer, PreparedFold fold, Configuration configuration, int threads = 1)
    {
        using var run = trainer.Start(new TrainingRequest(fold, fold.Train, configuration, new Seed(3), new ThreadShare(threads)));
        run.Advance(int.MaxValue, CancellationToken.None);
        return run.Complete();
    }

    /// <summary>The model as it is saved.</summary>
    public static byte[] Bytes(ITrainedModel model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        model.Save(writer);
        return stream.ToArray();
    }

    /// <summary>The model's predictions for a table.</summary>
    public static double[] Predict(this ITrainedModel model, FeatureTable table)
    {
        var values = new double[table.RowCount * model.Outputs];
        model.Predict(table, values);
        return values;
    }
}
