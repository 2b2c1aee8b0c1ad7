using TuneLab.Learners.Binning;
using TuneLab.Learners.Trees;

namespace TuneLab.Learners.Boosting;

/// <summary>The raw scores of some rows, kept from round to round so that only new trees are walked.</summary>
internal sealed class RowScores
{
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

    /// <summary>Adds the trees that it doesn't have yet; tree i is of score i modulo scores.</summary>
    public void Add(List<Tree> trees, BinnedRows table, int[] missing)
    {
        for (; _trees < trees.Count; _trees++)
        {
            var tree = trees[_trees];
            var at = _trees % _scores;
            foreach (var row in _rows)
            {
                Values[at] += tree.Leaves[tree.Leaf(table.RowMajor.AsSpan(row * missing.Length, missing.Length), missing)];
                at += _scores;
            }
        }
    }
}
