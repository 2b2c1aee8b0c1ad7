using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Boosting;

/// <summary>The raw scores of the training rows, brought up to date tree by tree.</summary>
internal sealed class TrainingScores
{
    private const int ChunkRows = 1024;

    /// <summary>Below so many rows a second thread costs more than it saves.</summary>
    private const int WorthSharing = 4096;

    private readonly TableSample _sample;
    private readonly Team _team;
    private readonly Action<int> _addLeaf;
    private readonly Action<int> _addChunk;
    private TreeGrower? _grower;
    private int[] _others = [];
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
    /// <param name="grower">What has just grown it and knows the leaves of the rows that it grew it on; null: all rows are among the others.</param>
    /// <param name="others">[any]: the rows that it was not grown on; null: none.</param>
    public void Add(Tree tree, int score, TreeGrower? grower, int[]? others)
    {
        if (tree.Nodes.Length == 0)
        {
            return;
        }

        (_tree, _start, _grower, _others) = (tree, score * _sample.Count, grower, others ?? []);
        if (grower is not null)
        {
            Run(grower.LeafCount, _addLeaf);
        }

        Run((_others.Length + ChunkRows - 1) / ChunkRows, _addChunk);
    }

    private void Run(int pieces, Action<int> work)
    {
        if (_sample.Count >= WorthSharing)
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
        Span<int> leaves = stackalloc int[ChunkRows];
        Span<int> tableRows = stackalloc int[ChunkRows];
        var rows = _others.AsSpan(chunk * ChunkRows, Math.Min(ChunkRows, _others.Length - chunk * ChunkRows));
        for (var i = 0; i < rows.Length; i++)
        {
            tableRows[i] = _sample.Rows[rows[i]];
        }

        _tree.FindLeaves(_sample.Table.Blocks, tableRows[..rows.Length], leaves);
        var scores = Values.AsSpan(_start, _sample.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            scores[rows[i]] += _tree.Leaves[leaves[i]];
        }
    }
}
