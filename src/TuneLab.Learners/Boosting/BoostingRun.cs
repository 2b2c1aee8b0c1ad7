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
    private readonly BinnedTable _table;
    private readonly BinnedRows _bins;
    private readonly int[] _missing;
    private readonly Derivatives _derivatives;
    private readonly TreeGrower _grower;
    private readonly DrawnParts _parts;
    private readonly double[] _initial;
    private readonly double[] _scores; // [scores x training rows]
    private readonly List<Tree> _trees = [];
    private readonly Dictionary<int[], RowScores> _predicted = new(ReferenceEqualityComparer.Instance);
    private bool _exhausted;

    public BoostingRun(TrainingRequest request)
    {
        _request = request;
        _options = new BoostingOptions(request.Configuration);
        _data = new TrainingData(request);
        _objective = Objective.Of(request.Fold.Task, request.Fold.Outputs);
        _table = BinnedTable.Of(request.Fold, _options.MaxBin, request.Threads.Current);
        _bins = _table.Select(_data.Rows);
        _missing = Array.ConvertAll(_table.Features, f => f.MissingBin);
        _parts = new DrawnParts(_options, _table.Features, _bins.Count, request.Seed);
        _initial = _objective.Initial(_data.Target, _data.Weights);
        _scores = new double[_objective.Scores * _bins.Count];
        _derivatives = new Derivatives(_objective, _data, _scores);
        _grower = new TreeGrower(_bins, _derivatives.Pairs, _options.Rules, _options.Limits);
        for (var k = 0; k < _objective.Scores; k++)
        {
            _scores.AsSpan(k * _bins.Count, _bins.Count).Fill(_initial[k]);
        }
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
            Round(_request.Threads.Current, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values)
    {
        if (!_predicted.TryGetValue(rows, out var known))
        {
            _predicted.Add(rows, known = new RowScores(rows, _initial));
        }

        known.Add(_trees, _table.All, _missing);
        known.Values.CopyTo(values, 0);
        for (var i = 0; i < values.Length; i += _objective.Scores)
        {
            _objective.Link(values.AsSpan(i, _objective.Scores));
        }
    }

    /// <inheritdoc/>
    public ITrainedModel Complete() => new BoostingModel(_request.Fold.Task, _request.Fold.Outputs, TableColumns.Kinds(_table.Features), _initial, [.. _trees]);

    /// <inheritdoc/>
    public void Dispose() => _predicted.Clear();

    private void Round(int threads, CancellationToken cancellation)
    {
        var rows = _bins.Count;
        _derivatives.BeginRound(threads);
        var bag = _parts.Rows(Rounds);
        var grown = new Tree[_objective.Scores];
        for (var k = 0; k < grown.Length; k++)
        {
            _derivatives.Make(k, threads);
            var number = Rounds * grown.Length + k;
            var features = _parts.Features(number);
            grown[k] = _grower.Grow(bag, features, _options.LearningRate, _parts.TreeSeed(number), threads, cancellation);
            AddToScores(grown[k], bag is null, _scores.AsSpan(k * rows, rows));
        }

        if (!_options.Random && Array.TrueForAll(grown, t => t.Nodes.Length == 0))
        {
            _exhausted = true; // the next round would find the same gradients and again no split
            return;
        }

        _trees.AddRange(grown);
        Rounds++;
    }

    private void AddToScores(Tree tree, bool grownOnAll, Span<double> scores)
    {
        if (tree.Nodes.Length == 0)
        {
            return;
        }

        if (!grownOnAll)
        {
            var features = _missing.Length;
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] += tree.Leaves[tree.Leaf(_bins.RowMajor.AsSpan(i * features, features), _missing)];
            }

            return;
        }

        for (var leaf = 0; leaf < _grower.LeafCount; leaf++)
        {
            var value = tree.Leaves[leaf];
            foreach (var row in _grower.RowsOf(leaf))
            {
                scores[row] += value;
            }
        }
    }
}
