using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Learners.Trees;
using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>
/// Gives the leaves of a grown tree the values that the objective takes from their rows, where a Newton step is no good: the splits stay, as in TreeBoost (Friedman 2001, section 4).
/// Only the rows that the tree was grown on count. Its arrays are reused from tree to tree.
/// </summary>
internal sealed class LeafRefit
{
    /// <summary>Below so many rows a second thread costs more than it saves.</summary>
    private const int WorthSharing = 4096;

    private readonly Objective _objective;
    private readonly TrainingData _data;
    private readonly TreeGrower _grower;
    private readonly double[] _scores;
    private readonly sbyte[]? _directions;
    private readonly Team _team;
    private readonly double[] _residuals;
    private readonly double[] _weights;
    private readonly int[] _starts;
    private readonly Action<int> _work;
    private double[] _values = [];

    /// <param name="objective">One that refits.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="grower">Whose last tree is refitted.</param>
    /// <param name="scores">[rows]: their raw scores, read at each call.</param>
    /// <param name="leaves">The most leaves of a tree.</param>
    /// <param name="directions">[features] of -1, 0 or 1, which the new values keep too; or null.</param>
    /// <param name="team">The threads that may help; how many does not change the values.</param>
    public LeafRefit(Objective objective, TrainingData data, TreeGrower grower, double[] scores, int leaves, sbyte[]? directions, Team team)
    {
        (_objective, _data, _grower, _scores, _directions, _team) = (objective, data, grower, scores, directions, team);
        _residuals = new double[scores.Length];
        _weights = new double[data.LossWeights is null ? 0 : scores.Length];
        _starts = new int[leaves];
        _work = Work;
    }

    /// <summary>The last tree with its new leaves.</summary>
    /// <param name="tree">The tree; nothing happens to one without a split.</param>
    /// <param name="scale">What leaf values are multiplied by: the learning rate.</param>
    public Tree Apply(Tree tree, double scale)
    {
        if (tree.Nodes.Length == 0)
        {
            return tree;
        }

        var rows = 0;
        for (var leaf = 0; leaf < _grower.LeafCount; leaf++)
        {
            _starts[leaf] = rows;
            rows += _grower.RowsOf(leaf).Length;
        }

        _values = new double[_grower.LeafCount];
        if (rows >= WorthSharing)
        {
            _team.For(_values.Length, _work);
        }
        else
        {
            for (var leaf = 0; leaf < _values.Length; leaf++)
            {
                Work(leaf);
            }
        }

        if (_directions is not null)
        {
            LeafOrder.Keep(tree.Nodes, _values, _directions);
        }

        for (var leaf = 0; leaf < _values.Length; leaf++)
        {
            _values[leaf] *= scale;
        }

        return tree.WithLeaves(_values);
    }

    private void Work(int leaf)
    {
        var rows = _grower.RowsOf(leaf);
        var residuals = _residuals.AsSpan(_starts[leaf], rows.Length);
        var weights = _weights.Length == 0 ? default : _weights.AsSpan(_starts[leaf], rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            residuals[i] = _data.Target[rows[i]] - _scores[rows[i]];
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _data.LossWeights![rows[i]];
        }

        _values[leaf] = _objective.Refit(residuals, weights);
    }
}
