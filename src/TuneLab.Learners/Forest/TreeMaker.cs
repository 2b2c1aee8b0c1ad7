using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;

namespace TuneLab.Learners.Forest;

/// <summary>Draws a tree's rows and grows it; one per thread.</summary>
internal abstract class TreeMaker
{
    /// <summary>The tree of that seed: a pure function of it and of the training data.</summary>
    public abstract Tree Make(Seed seed, CancellationToken cancellation);

    /// <summary>The maker for a label.</summary>
    /// <param name="bins">The training rows.</param>
    /// <param name="data">Their labels and weights.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="outputs">Numbers per leaf; above 1: classes.</param>
    /// <param name="offset">For a numeric label: about its mean.</param>
    /// <param name="entropy">Whether impurity is entropy.</param>
    public static TreeMaker Of(BinnedRows bins, TrainingData data, ForestOptions options, int outputs, double offset, bool entropy)
        => outputs == 1 ? new OfMoments(bins, data, options, offset, entropy) : new OfClasses(bins, data, options, outputs, entropy);

    private sealed class OfMoments : TreeMaker
    {
        private readonly TrainingData _data;
        private readonly ForestOptions _options;
        private readonly double _offset;
        private readonly DrawnRows _drawn;
        private readonly double[] _rows;
        private readonly ForestTreeGrower<MomentCells> _grower;

        public OfMoments(BinnedRows bins, TrainingData data, ForestOptions options, double offset, bool entropy)
        {
            (_data, _options, _offset, _drawn, _rows) = (data, options, offset, new DrawnRows(bins.Count), new double[2 * bins.Count]);
            _grower = new ForestTreeGrower<MomentCells>(bins, options, new MomentCells(_rows, offset, entropy), 1);
        }

        public override Tree Make(Seed seed, CancellationToken cancellation)
        {
            var random = seed.Random();
            _drawn.Draw(_options.RowFraction, _options.Replace, random);
            foreach (var row in _drawn.Rows)
            {
                var weight = _drawn.Times(row) * (_data.Weights?[row] ?? 1);
                (_rows[2 * row], _rows[2 * row + 1]) = (weight * (_data.Target[row] - _offset), weight);
            }

            return _grower.Grow(_drawn.Rows, random, cancellation);
        }
    }

    private sealed class OfClasses : TreeMaker
    {
        private readonly TrainingData _data;
        private readonly ForestOptions _options;
        private readonly DrawnRows _drawn;
        private readonly double[] _weights;
        private readonly ForestTreeGrower<ClassCells> _grower;

        public OfClasses(BinnedRows bins, TrainingData data, ForestOptions options, int classes, bool entropy)
        {
            (_data, _options, _drawn, _weights) = (data, options, new DrawnRows(bins.Count), new double[bins.Count]);
            _grower = new ForestTreeGrower<ClassCells>(bins, options, new ClassCells(Array.ConvertAll(data.Target, t => (int)t), _weights, classes, entropy), classes);
        }

        public override Tree Make(Seed seed, CancellationToken cancellation)
        {
            var random = seed.Random();
            _drawn.Draw(_options.RowFraction, _options.Replace, random);
            foreach (var row in _drawn.Rows)
            {
                _weights[row] = _drawn.Times(row) * (_data.Weights?[row] ?? 1);
            }

            return _grower.Grow(_drawn.Rows, random, cancellation);
        }
    }
}
