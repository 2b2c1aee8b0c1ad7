using Microsoft.ML;
using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.MLNet.Engine.Definitions;
using TuneLab.MLNet.Engine.Features;
using TuneLab.MLNet.Engine.Models;
using TuneLab.MLNet.Engine.Trees;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine.Runs;

/// <summary>
/// A run of an ML.NET trainer. ML.NET fits to the end or not at all: where the trainer grows trees round by round, a fit of more rounds than were asked for is scored by its first trees, and a fit of more
/// begins anew with two and a half times as many, so that a run that goes on and on costs what one long fit costs, to a factor of 1.7. A cancellation takes effect before and after a fit; whoever must end it sooner ends the process.
/// </summary>
internal sealed class FitRun : ITrainingRun
{
    // the first fit of a run that is asked for few rounds: most runs of a search go further
    private const int FirstRounds = 40;
    private const double Growth = 2.5;

    // much of ML.NET's native code has settings of the whole process: one fit at a time
    private static readonly SemaphoreSlim OneFit = new(1, 1);

    private readonly TrainerDefinition _definition;
    private readonly int _threads;
    private readonly TrainingRequest _request;
    private readonly FitData _data;
    private readonly int _most;
    private readonly Dictionary<int[], RowSums> _sums = new(ReferenceEqualityComparer.Instance);
    private FittedRounds? _fit;

    public FitRun(TrainerDefinition definition, int threads, TrainingRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (_definition, _threads, _request) = (definition, threads, request);
        _ = new Hyperparameters(request.Configuration, definition.Info);
        _most = definition.Info.MaxRounds(request.Configuration);
        _data = new FitData(definition, request, cancellation);
    }

    /// <inheritdoc/>
    public int Rounds { get; private set; }

    /// <inheritdoc/>
    public bool CanAdvance => Rounds < _most && !(_fit is { } fit && fit.Reached < fit.Asked && Rounds >= fit.Reached);

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (rounds <= 0 || !CanAdvance)
        {
            return;
        }

        var wanted = (int)Math.Min(_most, (long)Rounds + rounds);
        if (_fit is null || _fit.Asked < wanted)
        {
            _fit = Fit(RoundsToFit(wanted), cancellation);
        }

        Rounds = Math.Min(wanted, _fit.Reached);
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values)
    {
        if (Rounds == 0)
        {
            Model(null, null).Predict(_data.Matrix, rows, values);
            return;
        }

        if (_fit!.Model.Predictor is null || _fit.Trees is not { } trees)
        {
            Exact().Predict(_data.Matrix, rows, values);
            return;
        }

        if (!_sums.TryGetValue(rows, out var sums))
        {
            _sums.Add(rows, sums = new RowSums(rows, trees.Count));
        }

        sums.Go(trees, Rounds, _data.Matrix);
        _definition.Link!(_request.Fold.Task, new Hyperparameters(_request.Configuration, _definition.Info)).Predict(_fit.Model.Frame, sums, values);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => Checkpoint.Write(writer, _definition.Info, _request, state =>
    {
        state.Write(Rounds);
        state.Write(CanAdvance);
    });

    /// <summary>Goes to where a checkpoint was written, by fitting again; for a run that has just been started.</summary>
    public void Restore(BinaryReader state, CancellationToken cancellation)
    {
        var (rounds, goesOn) = (state.ReadInt32(), state.ReadBoolean());
        if (rounds > 0)
        {
            // one more than it reached shows that there is nothing left, if it was so
            _fit = Fit(goesOn ? RoundsToFit(rounds) : Math.Min(_most, rounds + 1), cancellation);
            Rounds = rounds;
        }
    }

    /// <inheritdoc/>
    public ITrainedModel Complete() => Rounds == 0 ? Model(null, null) : Exact();

    /// <inheritdoc/>
    public void Dispose() => _sums.Clear();

    // a round count that is settled comes at once; a search comes in small steps
    private int RoundsToFit(int wanted) => wanted >= _most ? _most
        : _fit is { Trees: null, Model.Predictor: not null } ? wanted
        : _fit is null && wanted >= FirstRounds ? wanted
        : Math.Min(_most, Math.Max(Math.Max(wanted, FirstRounds), (int)((_fit?.Asked ?? 0) * Growth)));

    /// <summary>ML.NET's model of the rounds so far.</summary>
    private MLNetModel Exact()
    {
        if (_fit!.Asked != Rounds && _fit.Model.Predictor is not null)
        {
            _fit = Fit(Rounds, CancellationToken.None);
        }

        return _fit.Model;
    }

    private FittedRounds Fit(int rounds, CancellationToken cancellation)
    {
        var model = FitModel(rounds, cancellation);
        if (_definition.Link is null || model.Predictor is null)
        {
            return new FittedRounds(rounds, model, null);
        }

        // without a tree in each round it can't be told which round a tree belongs to: each checkpoint is then a fit of its own
        var trees = SavedEnsembles.Read(model.Predictor.Bytes);
        return new FittedRounds(rounds, model, _definition.TreesMayLack(_request.Fold.Task) && trees.Any(t => t.Length != rounds) ? null : trees);
    }

    private MLNetModel FitModel(int rounds, CancellationToken cancellation)
    {
        if (_data.IsConstant)
        {
            return Model(null, null);
        }

        var configuration = _definition.RoundsOption is { } option ? _request.Configuration.With(option, rounds) : _request.Configuration;
        var (seed, weight) = ((int)(_request.Seed.Value & int.MaxValue), _data.Weights is null ? null : FeatureView.Weight);
        var context = new MLContext(seed);
        var estimator = _definition.Make(new TrainerContext(context, _request.Fold.Task, new Hyperparameters(configuration, _definition.Info), seed, _threads, weight, [.. _data.Fields.Select(f => f.Name)]));
        OneFit.Wait(cancellation);
        ITransformer fitted;
        try
        {
            fitted = estimator.Fit(_data.View());
        }
        catch (Exception e) when (_definition.NothingLearned?.Invoke(e) == true)
        {
            return Model(null, null);
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
