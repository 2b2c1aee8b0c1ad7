using TuneLab.Data.Encoding;
using TuneLab.Learners.Binning;
using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Learners.Trees;
using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>A run of <see cref="BoostingTrainer"/>: a round is one tree for each raw score.</summary>
internal sealed class BoostingRun : ITrainingRun
{
    private readonly TrainingRequest _request;
    private readonly BoostingOptions _options;
    private readonly TrainingData _data;
    private readonly Objective _objective;
    private readonly TableSample _sample;
    private readonly Team _team;
    private readonly Derivatives _derivatives;
    private readonly TreeGrower _grower;
    private readonly LeafRefit? _refit;
    private readonly DrawnParts _parts;
    private readonly double[] _initial;
    private readonly TrainingScores _scores;
    private readonly List<Tree> _trees = [];
    private readonly Dictionary<int[], RowScores> _predicted = new(ReferenceEqualityComparer.Instance);
    private bool _exhausted;

    public BoostingRun(TrainingRequest request, CancellationToken cancellation)
    {
        _request = request;
        _options = new BoostingOptions(request.Configuration);
        _objective = _options.Objective.For(request.Fold.Task, request.Fold.Outputs);
        _data = new TrainingData(request, _options.Balanced);
        _objective.Check(_data.Target, _data.Rows);
        _team = new Team(request.Threads.Current);
        _sample = new TableSample(BinnedTable.Of(request.Fold, _options.MaxBin, _team.Threads, cancellation), _data.Rows);
        _parts = new DrawnParts(_options, _sample.Table.Features, _sample.Count, request.Seed);
        _initial = _objective.Initial(_data.Target, _data.LossWeights);
        _scores = new TrainingScores(_sample, _initial, _team);
        _derivatives = new Derivatives(_objective, _data, _scores.Values, _team);
        var directions = Directions(request.Fold);
        _grower = new TreeGrower(_sample, _derivatives.Pairs, _options.Rules with { Directions = directions }, _options.Limits, _team, _objective, _data.Dispersion);
        _refit = _objective.Refits ? new LeafRefit(_objective, _data, _grower, _scores.Values, _options.Limits.Leaves, directions, _team) : null;
    }

    /// <inheritdoc/>
    public int Rounds { get; private set; }

    /// <inheritdoc/>
    public bool CanAdvance => Rounds < _options.Rounds && !_exhausted;

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        for (var i = 0; i < rounds && CanAdvance; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            _team.Threads = _request.Threads.Current;
            Round(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values)
    {
        if (!_predicted.TryGetValue(rows, out var known))
        {
            _predicted.Add(rows, known = new RowScores(rows, _initial));
        }

        known.Add(_trees, _sample.Table);
        known.Values.CopyTo(values, 0);
        for (var i = 0; i < values.Length; i += _objective.Scores)
        {
            _objective.Link(values.AsSpan(i, _objective.Scores));
        }
    }

    /// <inheritdoc/>
    public ITrainedModel Complete()
    {
        var (task, outputs) = (_request.Fold.Task, _request.Fold.Outputs);
        // an objective of its own: the run's may hold numbers of every row
        return new BoostingModel(task, outputs, TableKinds.Of(_sample.Table.Features), Objective.Of(_objective.Kind, _objective.Parameter, outputs), _initial, [.. _trees]);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => Checkpoint.Write(writer, BoostingOptions.Info, _request, state =>
    {
        state.Write(_exhausted);
        state.Write(Rounds);
        foreach (var tree in _trees)
        {
            TreeFormat.Write(state, tree);
        }
    });

    /// <summary>Goes to where a checkpoint was written; for a run that has just been started.</summary>
    public void Restore(BinaryReader state)
    {
        (_exhausted, Rounds) = (state.ReadBoolean(), state.ReadInt32());
        if (Rounds < 0 || Rounds > _options.Rounds)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The checkpoint says {Rounds} rounds of {_options.Rounds}."));
        }

        var (kinds, assembler, all) = (TableKinds.Of(_sample.Table.Features), new TreeAssembler(_sample.Table), _parts.All());
        for (var t = 0; t < Rounds * _objective.Scores; t++)
        {
            _trees.Add(assembler.Restore(TreeFormat.Read(state, 1, kinds)));

            // the same additions in the same order as when the trees were grown
            _scores.Add(_trees[t], t % _objective.Scores, null, all);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _predicted.Clear();

    private void Round(CancellationToken cancellation)
    {
        _derivatives.BeginRound();
        var bag = _parts.Rows(Rounds);
        var others = bag is null ? null : _parts.Others(bag);
        var grown = new Tree[_objective.Scores];
        for (var k = 0; k < grown.Length; k++)
        {
            _derivatives.Make(k);
            var number = Rounds * grown.Length + k;
            var features = _parts.Features(number);
            grown[k] = _grower.Grow(bag, features, _options.LearningRate, _parts.TreeSeed(number), cancellation);
            grown[k] = _refit?.Apply(grown[k], _options.LearningRate) ?? grown[k];
            _scores.Add(grown[k], k, _grower, others);
        }

        if (!_options.Random && Array.TrueForAll(grown, t => t.Nodes.Length == 0))
        {
            _exhausted = true; // the next round would find the same gradients and again no split
            return;
        }

        _trees.AddRange(grown);
        Rounds++;
    }

    /// <summary>[features]: what the fold asks of the numbers; null when it asks nothing of any.</summary>
    private static sbyte[]? Directions(PreparedFold fold)
    {
        sbyte[] directions = [.. fold.Table.Columns.Select(c => c is NumericFeature && fold.Monotone.TryGetValue(c.Source, out var direction) ? (sbyte)direction : (sbyte)0)];
        return Array.TrueForAll(directions, d => d == 0) ? null : directions;
    }
}
