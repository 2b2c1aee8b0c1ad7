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
    public bool CanAdvance => !_ended && Rounds < (options.Strength is null ? StrengthPath.Count : 1);

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
    public void Save(BinaryWriter writer) => Checkpoint.Write(writer, LinearTrainer.Description, request, state => state.Write(Rounds));

    /// <summary>Goes to where a checkpoint was written by fitting again: a round's start is not its strength's weights alone, and a whole path takes seconds.</summary>
    public void Restore(BinaryReader state, CancellationToken cancellation)
    {
        var rounds = state.ReadInt32();
        Advance(rounds, cancellation);
        if (Rounds != rounds)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The checkpoint says {rounds} rounds, and there are {Rounds}."));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Round(CancellationToken cancellation)
    {
        var fold = request.Fold;
        _design ??= Design.Of(fold, options.Transform, _team, cancellation);
        _fit ??= new LinearFit(LinearTarget.Of(fold, _data, options.Balanced, _design.Matrix), options.L1Ratio, options.Strength is null ? LinearFit.AlongPath : LinearFit.Exact, _team, cancellation);
        var (strength, before) = (options.Strength ?? StrengthPath.At(Rounds + 1), _fit.Loss);
        _fit.Minimise(strength, cancellation);
        _model = null;
        Rounds++;
        _ended = _fit.IsConstant || StrengthPath.EndsAt(strength, _fit.Constant, before, _fit.Loss);
    }

    private LinearModel Fitted()
        => _model ??= new LinearModel(_design?.Design ?? throw new InvalidOperationException("A linear run predicts after its first Advance."), request.Fold.Task, _fit!.Weights());
}
