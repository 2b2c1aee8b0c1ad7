using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Training;

/// <summary>
/// Learns one kind of model.
/// <para><b>Contract.</b> Stateless and thread-safe: many runs at once. The model is a pure function of the request's fold, rows, configuration and seed: never of threads, timing or what
/// ran before. It reads only the given training rows of the fold's table; it never sees the holdout. Missing hyperparameters take the value of <see cref="TrainerInfo.Default"/>.
/// <b>Errors:</b> <see cref="Errors.TuneLabException"/> with words when it can't learn from these rows; the caller records a failed trial.</para>
/// </summary>
public interface ITrainer : ITunable
{
    /// <summary>Starts a run; nothing is learned yet, but what the fold's runs share may have to be made.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the fold is as if the run had not been started.</exception>
    ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default);

    /// <summary>Goes on with a run that <see cref="ITrainingRun.Save"/> wrote, in this process or another: from there on it does what the saved one would have done, bit for bit.</summary>
    /// <param name="request">What the run was started with, on a fold made ready from the same data; only threads may differ.</param>
    /// <param name="reader">Positioned at the checkpoint's first byte; left behind its last.</param>
    /// <param name="cancellation">As for <see cref="Start"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are no checkpoint, or damaged.</exception>
    /// <exception cref="Errors.InputException">The checkpoint belongs to another request, as far as <see cref="Checkpoint"/> can tell: it does not look at the features' values.</exception>
    ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default);

    /// <summary>Reads back what <see cref="ITrainedModel.Save"/> wrote.</summary>
    /// <param name="reader">Positioned at the model's first byte; left behind its last.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a model, or of a newer version.</exception>
    ITrainedModel Load(BinaryReader reader);
}

/// <summary>What to train on.</summary>
/// <param name="Fold">The encoded table, shared with other runs.</param>
/// <param name="Rows">The rows of the table to fit on, ascending: the fold's training rows or a sample of them; not to be written.</param>
/// <param name="Configuration">The hyperparameters.</param>
/// <param name="Seed">For sampling rows, features and starts.</param>
/// <param name="Threads">How many threads it may use now; asked again between rounds.</param>
public sealed record TrainingRequest(PreparedFold Fold, int[] Rows, Configuration Configuration, Seed Seed, ThreadShare Threads);

/// <summary>
/// An incremental run of a trainer.
/// <para><b>Contract.</b> Used by one thread at a time; owned by the caller, who disposes it. Advancing in steps gives the same model as advancing at once.
/// After an exception or a cancellation it can only be disposed.</para>
/// </summary>
public interface ITrainingRun : IDisposable
{
    /// <summary>Rounds done so far.</summary>
    int Rounds { get; }

    /// <summary>Whether <see cref="Advance"/> could still change the model; false at the configuration's last round or when nothing is left to learn.</summary>
    bool CanAdvance { get; }

    /// <summary>Whether from here on each count of rounds that is predicted costs a fit from the beginning: whoever scores in between had better do it seldom. <value>False.</value></summary>
    bool ScoringRefits => false;

    /// <summary>Does up to <paramref name="rounds"/> more rounds; a trainer that is not incremental does all its work in the first call.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; takes effect within a fraction of a round.</exception>
    void Advance(int rounds, CancellationToken cancellation);

    /// <summary>Predictions of the model so far. Asking for the same array of rows again after more rounds costs only the new rounds.</summary>
    /// <param name="rows">Rows of the fold's table; the same array instance for repeated calls.</param>
    /// <param name="values">[rows x outputs], row-major, overwritten; as in <see cref="Metrics.Predictions.Values"/>.</param>
    void Predict(int[] rows, double[] values);

    /// <summary>Writes a checkpoint, from which <see cref="ITrainer.Resume"/> goes on. The run is not changed by it and may be used on.</summary>
    void Save(BinaryWriter writer);

    /// <summary>The model as it stands; the run may not be used any further.</summary>
    ITrainedModel Complete();
}

/// <summary>A model that predicts from an encoded table. Immutable and thread-safe.</summary>
public interface ITrainedModel
{
    /// <summary>Numbers per row.</summary>
    int Outputs { get; }

    /// <summary>Predicts some rows of a table made by the same encoding.</summary>
    /// <param name="table">Columns as at fitting time, any rows.</param>
    /// <param name="values">[rows x outputs], row-major, overwritten.</param>
    /// <param name="threads">How many threads may help; the numbers don't depend on it.</param>
    void Predict(FeatureTable table, double[] values, int threads = 1);

    /// <summary>Writes it so that <see cref="ITrainer.Load"/> gives the same predictions, bit for bit.</summary>
    void Save(BinaryWriter writer);
}
