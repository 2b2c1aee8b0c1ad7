using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>A run of one round that does everything.</summary>
/// <param name="fold">The fold.</param>
/// <param name="data">The rows to fit on.</param>
/// <param name="options">The hyperparameters.</param>
internal sealed class LinearRun(PreparedFold fold, TrainingData data, LinearOptions options) : ITrainingRun
{
    private LinearModel? _model;
    private DesignMatrix? _matrix;

    /// <inheritdoc/>
    public int Rounds => _model is null ? 0 : 1;

    /// <inheritdoc/>
    public bool CanAdvance => _model is null;

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_model is not null || rounds <= 0)
        {
            return;
        }

        var (design, matrix) = Design.Of(fold, options.Transform, cancellation);
        _model = new LinearModel(design, fold.Task, new LinearFit(fold, data, options, matrix).Weights(cancellation));
        _matrix = matrix;
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values)
    {
        var model = Fitted();
        model.Predict(_matrix!, rows, values);
    }

    /// <inheritdoc/>
    public ITrainedModel Complete() => Fitted();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private LinearModel Fitted() => _model ?? throw new InvalidOperationException("A linear run predicts after its first Advance.");
}
