using System.Collections.Concurrent;
using TuneLab.Data;
using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>A run of <see cref="ForestTrainer"/>: a round is a tree.</summary>
internal sealed class ForestRun : IOutOfBagRun
{
    private readonly TrainingRequest _request;
    private readonly ForestOptions _options;
    private readonly TrainingData _data;
    private readonly TableSample _sample;
    private readonly Team _team;
    private readonly double[] _constant;
    private readonly List<Tree> _trees = [];
    private readonly ConcurrentBag<TreeMaker> _makers = [];
    private readonly Dictionary<int[], RowScores> _predicted = new(ReferenceEqualityComparer.Instance);
    private OutOfBagSums? _outOfBag;

    public ForestRun(TrainingRequest request, CancellationToken cancellation)
    {
        _request = request;
        _options = new ForestOptions(request.Configuration);
        _data = new TrainingData(request, _options.Balanced);
        _team = new Team(request.Threads.Current);
        _sample = new TableSample(BinnedTable.Of(request.Fold, _options.MaxBin, _team.Threads, cancellation), _data.Rows);
        _constant = Constant();
    }

    /// <inheritdoc/>
    public int Rounds => _trees.Count;

    /// <inheritdoc/>
    public bool CanAdvance => Rounds < _options.Trees;

    private Seed Trees => _request.Seed.Child("tree");

    /// <inheritdoc/>
    public void Advance(int rounds, CancellationToken cancellation)
    {
        for (var left = Math.Min(rounds, _options.Trees - Rounds); left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var threads = _team.Threads = _request.Threads.Current;
            var batch = new Tree[Math.Min(left, threads == 1 ? 1 : 16 * threads)]; // so many that waiting for the last tree costs little
            var first = Rounds;
            _team.For(batch.Length, i =>
            {
                var maker = _makers.TryTake(out var free) ? free : NewMaker();
                batch[i] = maker.Make(Trees.Child(first + i), cancellation);
                _makers.Add(maker);
            });
            _trees.AddRange(batch);
            left -= batch.Length;
        }
    }

    /// <inheritdoc/>
    public void Predict(int[] rows, double[] values)
    {
        if (!_predicted.TryGetValue(rows, out var known))
        {
            _predicted.Add(rows, known = new RowScores(rows, new double[_constant.Length]));
        }

        known.Add(_trees, _sample.Table);
        known.Values.CopyTo(values, 0);
        ForestModel.Average(values, _trees.Count, _constant);
    }

    /// <inheritdoc/>
    public OutOfBagPredictions? OutOfBag(CancellationToken cancellation)
    {
        if (!_options.DrawsRows)
        {
            return null;
        }

        _team.Threads = _request.Threads.Current;
        _outOfBag ??= new OutOfBagSums(_options, Trees, _sample, _constant.Length);
        _outOfBag.Add(_trees, _team, cancellation);
        return _outOfBag.Means();
    }

    /// <inheritdoc/>
    public ITrainedModel Complete() => new ForestModel(_request.Fold.Task, _request.Fold.Outputs, TableKinds.Of(_sample.Table.Features), _constant, [.. _trees]);

    /// <inheritdoc/>
    public void Save(BinaryWriter writer) => Checkpoint.Write(writer, ForestOptions.Info, _request, state =>
    {
        state.Write(_trees.Count);
        foreach (var tree in _trees)
        {
            TreeFormat.Write(state, tree);
        }
    });

    /// <summary>Goes to where a checkpoint was written; for a run that has just been started.</summary>
    public void Restore(BinaryReader state)
    {
        var trees = state.ReadInt32();
        if (trees < 0 || trees > _options.Trees)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The checkpoint says {trees} trees of {_options.Trees}."));
        }

        var (kinds, assembler) = (TableKinds.Of(_sample.Table.Features), new TreeAssembler(_sample.Table));
        for (var t = 0; t < trees; t++)
        {
            _trees.Add(assembler.Restore(TreeFormat.Read(state, _constant.Length, kinds)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _predicted.Clear();
        _makers.Clear();
    }

    private TreeMaker NewMaker()
        => TreeMaker.Of(_sample, _data, _options, _constant.Length, _request.Fold.Task == LearningTask.Regression ? _constant[0] : null);

    /// <summary>The weighted mean label, or the classes' shares: what is predicted without a tree.</summary>
    private double[] Constant()
    {
        var sums = new double[_request.Fold.Outputs];
        double all = 0;
        for (var i = 0; i < _data.Target.Length; i++)
        {
            var weight = _data.LossWeights?[i] ?? 1;
            all += weight;
            if (sums.Length == 1)
            {
                sums[0] += weight * _data.Target[i];
            }
            else
            {
                sums[(int)_data.Target[i]] += weight;
            }
        }

        return Array.ConvertAll(sums, s => s / all);
    }
}
