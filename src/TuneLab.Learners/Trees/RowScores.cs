using TuneLab.Learners.Binning;

namespace TuneLab.Learners.Trees;

/// <summary>What the trees so far add up to for some rows, kept from round to round so that only new trees are walked.</summary>
internal sealed class RowScores
{
    private const int ChunkRows = 1024;

    private readonly int[] _rows;
    private readonly int _scores;
    private int _trees;

    /// <param name="rows">Rows of the table.</param>
    /// <param name="initial">[scores].</param>
    public RowScores(int[] rows, double[] initial)
    {
        (_rows, _scores) = (rows, initial.Length);
        Values = new double[rows.Length * initial.Length];
        for (var i = 0; i < Values.Length; i++)
        {
            Values[i] = initial[i % initial.Length];
        }
    }

    /// <summary>[rows x scores], row-major.</summary>
    public double[] Values { get; }

    /// <summary>Adds the trees that it doesn't have yet. A tree with one number per leaf counts for one score: tree i for score i modulo scores.</summary>
    public void Add(List<Tree> trees, BinnedTable table)
    {
        Span<int> leaves = stackalloc int[ChunkRows];
        for (; _trees < trees.Count; _trees++)
        {
            var tree = trees[_trees];
            var at = tree.Outputs == 1 ? _trees % _scores : 0;
            for (var from = 0; from < _rows.Length; from += ChunkRows)
            {
                var rows = _rows.AsSpan(from, Math.Min(ChunkRows, _rows.Length - from));
                tree.FindLeaves(table.Blocks, rows, leaves);
                foreach (var leaf in leaves[..rows.Length])
                {
                    for (var k = 0; k < tree.Outputs; k++)
                    {
                        Values[at + k] += tree.Leaves[leaf * tree.Outputs + k];
                    }

                    at += _scores;
                }
            }
        }
    }
}
