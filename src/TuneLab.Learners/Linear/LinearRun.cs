using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>A run of <see cref="LinearTrainer"/>: a round is one strength of <see cref="StrengthPath"/>, or the only one that the configuration names.</summary>
/// <param name="request">What to train on.</param>
/// <param name="options">The hyperparameters.</param>
internal sealed class LinearRun(TrainingRequest request, LinearOptions options) : ITrainingRun
{
    private readonly TrainingData _data = new(request);
    private readonly Team _team = new(request.Threads.Current);
    private SharedDesign? _design;
    private LinearFit? _fit;
    private LinearModel? _model;
    private bool _ended;

    /// <inheritdoc/>
    public int Rounds { get; private set; }

    /// <inheritdoc/>
    public bool CanAdvance => !_ended && Rounds < Most;

    private int Most => options.Strength is null ? StrengthPath.Count : 1;

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        for (var i = 0; i < rounds && CanAdvance; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            _team.Threads = request.Threads.Current;
            Round(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values) => Fitted().Predict(_design!.Matrix, rows, values);

    /// <inheritdoc/>
    public ITrainedModel Complete() => Fitted();

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => Checkpoint.Write(writer, LinearTrainer.Description, request, state =>
    {
        state.Write(Rounds);
        state.Write(_ended);
        _fit?.Save(state);
    });

    /// <summary>Goes to where a checkpoint was written; for a run that has just been started.</summary>
    public void Restore(BinaryReader state, CancellationToken cancellation)
    {
        (Rounds, _ended) = (state.ReadInt32(), state.ReadBoolean());
        if (Rounds < 0 || Rounds > Most)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The checkpoint says {Rounds} rounds of {Most}."));
        }

        if (Rounds > 0)
        {
            Prepare(cancellation).Restore(state);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private LinearFit Prepare(CancellationToken cancellation)
    {
        _design ??= Design.Of(request.Fold, options.Transform, _team, cancellation);
        return _fit ??= new LinearFit(LinearTarget.Of(request.Fold, _data, options.Balanced, _design.Matrix), options.L1Ratio, _team, cancellation);
    }

    private void Round(CancellationToken cancellation)
    {
        var fit = Prepare(cancellation);
        _model = null;
        Rounds++;
        if (options.Strength is { } only)
        {
            fit.Reach(only, cancellation);
            return;
        }

        var (strength, before) = (StrengthPath.At(Rounds), fit.Loss);
        fit.Follow(strength, cancellation);
        _ended = fit.IsConstant || StrengthPath.EndsAt(strength, fit.Constant, before, fit.Loss);
    }

    private LinearModel Fitted()
        => _model ??= new LinearModel(_design?.Design ?? throw new InvalidOperationException("A linear run predicts after its first Advance."), request.Fold.Task, _fit!.Weights());
}
