using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Boosting;

/// <summary>The raw scores of the training rows, brought up to date tree by tree.</summary>
internal sealed class TrainingScores
{
    private const int ChunkRows = 4096;

    private readonly TableSample _sample;
    private readonly Team _team;
    private readonly Action<int> _addLeaf;
    private readonly Action<int> _addChunk;
    private TreeGrower? _grower;
    private Tree _tree = null!;
    private int _start;

    /// <param name="sample">The rows.</param>
    /// <param name="initial">[scores]: where they begin.</param>
    /// <param name="team">The threads that may help.</param>
    public TrainingScores(TableSample sample, double[] initial, Team team)
    {
        (_sample, _team) = (sample, team);
        Values = new double[initial.Length * sample.Count];
        for (var k = 0; k < initial.Length; k++)
        {
            Values.AsSpan(k * sample.Count, sample.Count).Fill(initial[k]);
        }

        (_addLeaf, _addChunk) = (AddLeaf, AddChunk);
    }

    /// <summary>[scores x rows].</summary>
    public double[] Values { get; }

    /// <summary>Adds a tree to one score.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="score">The score's number.</param>
    /// <param name="grower">What has just grown it on all rows, and knows which leaf each is in; null: the tree is walked.</param>
    public void Add(Tree tree, int score, TreeGrower? grower)
    {
        if (tree.Nodes.Length == 0)
        {
            return;
        }

        (_tree, _start, _grower) = (tree, score * _sample.Count, grower);
        var (pieces, work) = grower is null ? ((_sample.Count + ChunkRows - 1) / ChunkRows, _addChunk) : (grower.LeafCount, _addLeaf);
        if (_sample.Count >= ChunkRows)
        {
            _team.For(pieces, work);
            return;
        }

        for (var i = 0; i < pieces; i++)
        {
            work(i);
        }
    }

    private void AddLeaf(int leaf)
    {
        var value = _tree.Leaves[leaf];
        var scores = Values.AsSpan(_start, _sample.Count);
        foreach (var row in _grower!.RowsOf(leaf))
        {
            scores[row] += value;
        }
    }

    private void AddChunk(int chunk)
    {
        var scores = Values.AsSpan(_start, _sample.Count);
        for (var i = chunk * ChunkRows; i < Math.Min(_sample.Count, (chunk + 1) * ChunkRows); i++)
        {
            scores[i] += _tree.Leaves[_tree.Leaf(_sample.Table.Blocks, _sample.Rows[i])];
        }
    }
}
