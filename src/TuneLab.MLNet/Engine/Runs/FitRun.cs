using Microsoft.ML;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.MLNet.Engine.Definitions;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Models;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Runs;

/// <summary>A run that does all its work in one fit. ML.NET can't be stopped in the middle: a cancellation takes effect before and after it, and whoever must end it sooner ends the process.</summary>
internal sealed class FitRun : ITrainingRun
{
    // much of ML.NET's native code has settings of the whole process: one fit at a time
    private static readonly SemaphoreSlim OneFit = new(1, 1);

    private readonly TrainerDefinition _definition;
    private readonly TrainingRequest _request;
    private readonly Hyperparameters _options;
    private readonly FitData _data;
    private MLNetModel? _model;

    public FitRun(TrainerDefinition definition, TrainingRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (_definition, _request, _options) = (definition, request, new Hyperparameters(request.Configuration, definition.Info));
        _data = new FitData(definition, request, cancellation);
    }

    /// <inheritdoc/>
    public int Rounds => _model is null ? 0 : 1;

    /// <inheritdoc/>
    public bool CanAdvance => _model is null;

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (rounds > 0 && CanAdvance)
        {
            _model = Fit(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values)
    {
        if (_model is not null)
        {
            _model.Predict(_data.Matrix, rows, values);
            return;
        }

        var constant = _data.Constant;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = constant[i % constant.Length];
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => Checkpoint.Write(writer, _definition.Info, _request, state =>
    {
        state.Write(_model is not null);
        if (_model is not null)
        {
            MLNetModelFile.Write(state, _model);
        }
    });

    /// <summary>Goes to where a checkpoint was written; for a run that has just been started.</summary>
    public void Restore(BinaryReader state, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _model = state.ReadBoolean() ? MLNetModelFile.Read(state) : null;
    }

    /// <inheritdoc/>
    public ITrainedModel Complete() => _model ?? Model(null, null);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private MLNetModel Fit(CancellationToken cancellation)
    {
        if (_data.IsConstant)
        {
            return Model(null, null);
        }

        var context = new MLContext((int)(_request.Seed.Value & int.MaxValue));
        var weight = _data.Weights is null ? null : FeatureView.Weight;
        var estimator = _definition.Make(new TrainerContext(context, _request.Fold.Task, _options, (int)(_request.Seed.Value & int.MaxValue), 1, weight, [.. _data.Fields.Select(f => f.Name)]));
        ITransformer? fitted;
        OneFit.Wait(cancellation);
        try
        {
            fitted = estimator.Fit(_data.View());
        }
        catch (Exception e) when (_definition.NothingLearned?.Invoke(e) == true)
        {
            fitted = null;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            throw new TuneLabException($"ML.NET's trainer '{_definition.Id}' could not learn from these {_data.Rows.Length} rows: {e.Message}", "Try other hyperparameters, or leave this trainer out of `trainers:`.", e);
        }
        finally
        {
            OneFit.Release();
        }

        cancellation.ThrowIfCancellationRequested();
        if (fitted is null)
        {
            return Model(null, null);
        }

        var predictor = FittedPredictor.Of(context, fitted);
        return Model(predictor, _definition.Uncalibrated && _request.Fold.Task == LearningTask.Binary ? Calibrate(predictor) : null);
    }

    private PlattCalibration Calibrate(FittedPredictor predictor)
    {
        var scores = new float[_data.Rows.Length];
        predictor.Read(_data.Matrix, _data.Rows, _data.Fields, (int index, float score) => scores[index] = score, FittedPredictor.Score);
        return PlattCalibration.Fit(scores, _data.Labels, _data.Weights);
    }

    private MLNetModel Model(FittedPredictor? predictor, PlattCalibration? calibration) => new(
        new ModelFrame(_request.Fold.Task, _request.Fold.Outputs, _data.Matrix.Layout, _data.Fields, _data.Classes, _definition.LogShares, _data.Scale, calibration, _data.Constant), predictor);
}
