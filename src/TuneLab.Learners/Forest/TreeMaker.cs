using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>Draws a tree's rows and grows it; one per thread.</summary>
internal abstract class TreeMaker
{
    /// <summary>The tree of that seed: a pure function of it and of the training data.</summary>
    public abstract Tree Make(Seed seed, CancellationToken cancellation);

    /// <summary>The maker for a label.</summary>
    /// <param name="sample">The training rows.</param>
    /// <param name="data">Their labels and weights.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="outputs">Numbers per leaf; above 1: classes.</param>
    /// <param name="numericMean">For a numeric label: about its mean; else null.</param>
    public static TreeMaker Of(TableSample sample, TrainingData data, ForestOptions options, int outputs, double? numericMean)
    {
        var entropy = options.Entropy && numericMean is null;
        return outputs > 1 ? new Maker<ClassSums>(sample, options, new ClassSums(data, outputs, entropy), outputs)
            : numericMean is null && PackedSums.Fit(data, DrawnRows.Draws(options, data.Rows.Length)) ? new Maker<PackedSums>(sample, options, new PackedSums(data, entropy), 1)
            : new Maker<MomentSums>(sample, options, new MomentSums(data, numericMean ?? 0, entropy), 1);
    }

    private sealed class Maker<TSums>(TableSample sample, ForestOptions options, TSums sums, int outputs) : TreeMaker
        where TSums : struct, INodeSums
    {
        private readonly DrawnRows _drawn = new(sample.Count);
        private readonly ForestTreeGrower<TSums> _grower = new(sample, options, sums, outputs);

        public override Tree Make(Seed seed, CancellationToken cancellation)
        {
            var random = seed.Random();
            _drawn.Draw(options, random);
            return _grower.Grow(_drawn, random, cancellation);
        }
    }
}
