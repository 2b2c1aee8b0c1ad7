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
    // the first fit of a run that is asked for few rounds: most runs of a search go further, the slower they learn the more
    private const int FewestFirst = 40;
    private const int MostFirst = 320;
    private const double Growth = 2.5;

    // a fit that comes so near to the last round goes there at once
    private const double Near = 1.5;

    // much of ML.NET has settings of the whole process: one fit at a time. Making an estimator is part of it: FastTree's trainers set the process's number of threads then, and a gam that is being
    // fitted reads it twice a round and leaves rows out where it changed in between
    private static readonly SemaphoreSlim OneFit = new(1, 1);

    private readonly TrainerDefinition _definition;
    private readonly int _threads;
    private readonly TrainingRequest _request;
    private readonly FitData _data;
    private readonly Hyperparameters _options;
    private readonly int _most;
    private readonly int _first;
    private readonly Dictionary<int[], RowSums> _sums = new(ReferenceEqualityComparer.Instance);
    private FittedRounds? _fit;
    private bool _lacking; // a fit could not tell its rounds: longer ones can't either

    public FitRun(TrainerDefinition definition, int threads, TrainingRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (_definition, _threads, _request) = (definition, threads, request);
        _options = new Hyperparameters(request.Configuration, definition.Info);
        _most = definition.Info.MaxRounds(request.Configuration);
        _first = (int)Math.Clamp(definition.FirstRounds(_options), FewestFirst, MostFirst);
        _data = new FitData(definition, request, cancellation);
    }

    /// <inheritdoc/>
    public int Rounds { get; private set; }

    /// <inheritdoc/>
    public bool CanAdvance => Rounds < _most && !(_fit is { } fit && IsLast(fit) && Rounds >= fit.Reached);

    /// <inheritdoc/>
    public bool ScoringRefits => _lacking && Rounds >= _fit!.Told;

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (rounds <= 0 || !CanAdvance)
        {
            return;
        }

        var wanted = (int)Math.Min(_most, (long)Rounds + rounds);
        while (_fit is null || !Serves(_fit, wanted))
        {
            var next = Fit(RoundsToFit(wanted), _fit, cancellation);
            _lacking |= !next.IsTold;
            _fit = Serves(next, wanted) || next.IsTold ? next : Fit(wanted, _fit, cancellation);
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

        if (_fit!.Model.Predictor is null || _fit.Trees is not { } trees || Rounds > _fit.Told)
        {
            Exact().Predict(_data.Matrix, rows, values);
            return;
        }

        if (!_sums.TryGetValue(rows, out var sums))
        {
            _sums.Add(rows, sums = new RowSums(rows, trees.Count));
        }

        sums.Go(trees, Rounds, _data.Matrix);
        _definition.Link!(_request.Fold.Task, _options).Predict(_fit.Model.Frame, sums, values);
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
            Advance(rounds, cancellation);
            if (!goesOn && CanAdvance)
            {
                // one more than it reached shows that there is nothing left, if it was so
                _fit = Fit(MayLack ? _most : Math.Min(_most, rounds + 1), _fit, cancellation);
                Rounds = rounds;
            }
        }
    }

    /// <inheritdoc/>
    public ITrainedModel Complete() => Rounds == 0 ? Model(null, null) : Exact();

    /// <inheritdoc/>
    public void Dispose() => _sums.Clear();

    private bool MayLack => _definition.TreesMayLack(_request.Fold.Task, _options);

    // whether more could not come of a fit that is asked for more rounds
    private bool IsLast(FittedRounds fit) => fit.Asked >= _most || fit.Model.Predictor is null || (fit.Reached < fit.Asked && !MayLack);

    private bool Serves(FittedRounds fit, int wanted) => wanted <= fit.Told || (fit.IsTold ? IsLast(fit) : wanted == fit.Asked);

    // a round count that is settled comes at once; a search comes in small steps
    private int RoundsToFit(int wanted) => wanted >= _most ? _most
        : _lacking || (_fit is null && wanted >= FewestFirst) ? wanted
        : Math.Max(Math.Max(wanted, _first), (int)((_fit?.Asked ?? 0) * Growth)) is var rounds && rounds * Near >= _most ? _most : rounds;

    /// <summary>ML.NET's model of the rounds so far.</summary>
    private MLNetModel Exact()
    {
        // where some rounds leave no tree it takes more of them
        for (var asked = Rounds; _fit!.Reached != Rounds && asked <= _most; asked += Rounds - _fit.Reached)
        {
            _fit = Fit(asked, _fit, CancellationToken.None);
        }

        return _fit.Model;
    }

    private FittedRounds Fit(int rounds, FittedRounds? before, CancellationToken cancellation)
    {
        var model = FitModel(rounds, cancellation);
        if (model.Predictor is null)
        {
            return new FittedRounds(rounds, model, null, 1, 1);
        }

        if (_definition.Link is null)
        {
            return new FittedRounds(rounds, model, null, rounds, rounds);
        }

        // a round that leaves no tree changes nothing, so one ensemble counts as many rounds as it has trees; in several it can't be told which trees grew in the same round
        var trees = SavedEnsembles.Read(model.Predictor.Bytes);
        var reached = Math.Clamp(trees.Max(t => t.Length), 1, rounds);
        return trees.Count == 1 || !MayLack || trees.All(t => t.Length == rounds)
            ? new FittedRounds(rounds, model, trees, reached, reached)
            : new FittedRounds(rounds, model, trees, rounds, Math.Min(rounds, before?.Told ?? 0)); // a shorter fit that could be told still tells the first ones
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
        var trainer = new TrainerContext(context, _request.Fold.Task, new Hyperparameters(configuration, _definition.Info), seed, _threads, weight, [.. _data.Fields.Select(f => f.Name)], _data.Matrix.Layout.Sparse);
        OneFit.Wait(cancellation);
        ITransformer fitted;
        try
        {
            fitted = OnPoolThread(() => _definition.Make(trainer).Fit(_data.View()));
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

    // with one thread FastTree hands each feature of each split to the thread pool and waits for it: a thread of the pool does it itself, any other spins until another thread has done it, which on
    // busy cores takes three times as long
    private static T OnPoolThread<T>(Func<T> work) => Task.Run(work).GetAwaiter().GetResult();

    private PlattCalibration Calibrate(FittedPredictor predictor)
    {
        var scores = new float[_data.Rows.Length];
        predictor.Read(_data.Matrix, _data.Rows, _data.Fields, (int index, float score) => scores[index] = score, FittedPredictor.Score);
        return PlattCalibration.Fit(scores, _data.Labels, _data.Weights);
    }

    private MLNetModel Model(FittedPredictor? predictor, PlattCalibration? calibration) => new(
        new ModelFrame(_request.Fold.Task, _request.Fold.Outputs, _data.Matrix.Layout, _data.Fields, _data.Classes, _definition.LogShares, _data.Scale, calibration, _data.Constant), predictor);
}
