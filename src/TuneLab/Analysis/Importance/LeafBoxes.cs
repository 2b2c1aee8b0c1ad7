namespace TuneLab.Analysis.Importance;

/// <summary>
/// The leaves of a tree as boxes of the unit cube. Each axis is cut into the cells between all thresholds of the tree (a choice: its choices), so that a leaf is a list of cells for each axis.
/// </summary>
internal sealed class LeafBoxes
{
    private readonly AnovaTree _tree;
    private readonly List<double> _values = [];
    private readonly List<int[][]> _cells = [];

    public LeafBoxes(AnovaTree tree, AnovaSpace space)
    {
        _tree = tree;
        Edges = [.. Enumerable.Range(0, space.Dimensions).Select(axis => space.Choices(axis) is > 0 and var choices
            ? [.. Enumerable.Range(0, choices + 1).Select(i => i / (double)choices)]
            : tree.Nodes.Where(n => n.Axis == axis).Select(n => n.Threshold).Append(0).Append(1).Distinct().Order().ToArray())];
        Add(tree.Root, [.. Edges.Select(e => Enumerable.Range(0, e.Length - 1).ToArray())]);
    }

    /// <summary>[axes] where the cells begin and end, from 0 to 1.</summary>
    public double[][] Edges { get; }

    /// <summary>[leaves] predictions.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>[leaves][axes] the cells that a leaf covers, ascending.</summary>
    public IReadOnlyList<int[][]> Cells => _cells;

    /// <summary>The cell of a coordinate in the unit interval.</summary>
    public int CellOf(int axis, double unit)
    {
        var place = Array.BinarySearch(Edges[axis], unit);
        return Math.Min(place >= 0 ? place : ~place - 1, Edges[axis].Length - 2);
    }

    private void Add(AnovaNode node, int[][] cells)
    {
        if (node.Axis < 0)
        {
            _values.Add(node.Value);
            _cells.Add(cells);
            return;
        }

        bool GoesLeft(int cell) => node.GoesLeft(node.LeftChoices is null ? Edges[node.Axis][cell] : cell);
        Add(_tree.Nodes[node.Left], With(cells, node.Axis, Array.FindAll(cells[node.Axis], GoesLeft)));
        Add(_tree.Nodes[node.Right], With(cells, node.Axis, Array.FindAll(cells[node.Axis], cell => !GoesLeft(cell))));
    }

    private static int[][] With(int[][] cells, int axis, int[] own)
    {
        var changed = (int[][])cells.Clone();
        changed[axis] = own;
        return changed;
    }
}
