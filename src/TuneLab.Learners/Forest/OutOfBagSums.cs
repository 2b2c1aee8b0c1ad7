using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;
using TuneLab.Randomness;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>
/// Sums, for each training row, the leaves of the trees that did not draw it (Breiman 2001). Draws are made again from the trees' seeds, so growing pays nothing for it. A row's sum is made
/// tree by tree, whatever the threads. Used by one thread at a time.
/// </summary>
internal sealed class OutOfBagSums
{
    private const int Batch = 16; // trees whose draws are held at once
    private const int Block = 1024; // rows that a thread takes at once

    private readonly ForestOptions _options;
    private readonly Seed _seed;
    private readonly TableSample _sample;
    private readonly double[] _sums;
    private readonly int[] _counts;
    private readonly int _outputs;
    private int _trees;

    /// <param name="options">The hyperparameters.</param>
    /// <param name="seed">Its child of a tree's number is the tree's seed.</param>
    /// <param name="sample">The training rows.</param>
    /// <param name="outputs">Numbers per leaf.</param>
    public OutOfBagSums(ForestOptions options, Seed seed, TableSample sample, int outputs)
        => (_options, _seed, _sample, _outputs, _sums, _counts) = (options, seed, sample, outputs, new double[(long)sample.Count * outputs], new int[sample.Count]);

    /// <summary>Adds the trees that it doesn't have yet.</summary>
    /// <param name="trees">All trees so far.</param>
    /// <param name="team">The threads that may help.</param>
    /// <param name="cancellation">Looked at before each block of rows of each tree.</param>
    public void Add(List<Tree> trees, Team team, CancellationToken cancellation)
    {
        while (_trees < trees.Count)
        {
            var (first, count) = (_trees, Math.Min(Batch, trees.Count - _trees));
            var drawn = new bool[count][];
            team.For(count, t =>
            {
                cancellation.ThrowIfCancellationRequested();
                drawn[t] = Draw(first + t);
            });
            team.For((_sample.Count + Block - 1) / Block, block =>
            {
                var end = Math.Min(_sample.Count, (block + 1) * Block);
                for (var t = 0; t < count; t++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    AddTree(trees[first + t], drawn[t], block * Block, end);
                }
            });
            _trees += count;
        }
    }

    /// <summary>The means so far.</summary>
    public OutOfBagPredictions Means()
    {
        var rows = Enumerable.Range(0, _sample.Count).Where(i => _counts[i] > 0).ToArray();
        var values = new double[rows.Length * _outputs];
        for (var i = 0; i < values.Length; i++)
        {
            var row = rows[i / _outputs];
            values[i] = _sums[row * _outputs + i % _outputs] / _counts[row];
        }

        return new OutOfBagPredictions(Array.ConvertAll(rows, i => _sample.Rows[i]), values);
    }

    private bool[] Draw(int tree)
    {
        var rows = new DrawnRows(_sample.Count);
        rows.Draw(_options, _seed.Child(tree).Random());
        var drawn = new bool[_sample.Count];
        foreach (var row in rows.Rows)
        {
            drawn[row] = true;
        }

        return drawn;
    }

    private void AddTree(Tree tree, bool[] drawn, int begin, int end)
    {
        for (var row = begin; row < end; row++)
        {
            if (drawn[row])
            {
                continue;
            }

            var leaf = tree.Leaf(_sample.Table.Blocks, _sample.Rows[row]);
            for (var k = 0; k < _outputs; k++)
            {
                _sums[row * _outputs + k] += tree.Leaves[leaf * _outputs + k];
            }

            _counts[row]++;
        }
    }
}
