namespace TuneLab.Reporting.Plots;

/// <summary>
/// Where a surface over a grid reaches a level: each cell's rectangle is cut along the straight line between the points at which its sides cross the level (marching squares; Lorensen and Cline 1987 in two dimensions; two corners that face each other
/// are taken to be joined), then the sides that two parts share are taken out, so that what is left are outlines.
/// </summary>
/// <param name="x">[columns] ascending; the same place twice is a step.</param>
/// <param name="y">[rows] the same.</param>
/// <param name="z">[rows][columns] finite.</param>
internal sealed class Contour(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<IReadOnlyList<double>> z)
{
    /// <summary>The outlines of the region in which the surface is at least as high as a level: closed, the first point not repeated; those of holes run the other way round.</summary>
    public IReadOnlyList<IReadOnlyList<(double X, double Y)>> Region(double level)
    {
        // a node: a corner of the grid, or the crossing of the side from one to the next
        var next = new Dictionary<Node, List<Node>>();
        for (var row = 0; row + 1 < y.Count; row++)
        {
            for (var column = 0; column + 1 < x.Count; column++)
            {
                var part = Part(column, row, level);
                for (var i = 0; i < part.Count; i++)
                {
                    Add(next, part[i], part[(i + 1) % part.Count]);
                }
            }
        }

        var outlines = new List<IReadOnlyList<(double X, double Y)>>();
        foreach (var start in next.Keys.Order().ToList())
        {
            while (next.TryGetValue(start, out var ways) && ways.Count > 0)
            {
                var outline = new List<(double X, double Y)>();
                var at = start;
                do
                {
                    outline.Add(Place(at, level));
                    var onward = next[at];
                    at = onward[^1];
                    onward.RemoveAt(onward.Count - 1);
                }
                while (at != start);
                outlines.Add(Straightened(outline));
            }
        }

        return [.. outlines.Where(o => o.Count > 2)];
    }

    // the part of a cell that reaches the level, counter-clockwise where y grows upwards
    private List<Node> Part(int column, int row, double level)
    {
        (int Column, int Row)[] corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
        var part = new List<Node>(6);
        for (var i = 0; i < 4; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % 4]);
            var (isIn, goesIn) = (Reaches(from, level), Reaches(to, level));
            if (isIn)
            {
                part.Add(new Node(from.Row, from.Column, Side.None));
            }

            if (isIn != goesIn)
            {
                part.Add(new Node(Math.Min(from.Row, to.Row), Math.Min(from.Column, to.Column), from.Row == to.Row ? Side.Across : Side.Up));
            }
        }

        return part;
    }

    private bool Reaches((int Column, int Row) corner, double level) => z[corner.Row][corner.Column] >= level;

    // a side that the neighbouring part has the other way round is inside
    private static void Add(Dictionary<Node, List<Node>> next, Node from, Node to)
    {
        if (!next.TryGetValue(to, out var back) || !back.Remove(from))
        {
            (next.TryGetValue(from, out var ways) ? ways : next[from] = []).Add(to);
        }
    }

    private (double X, double Y) Place(Node node, double level)
    {
        var (row, column) = (node.Row, node.Column);
        if (node.Side == Side.None)
        {
            return (x[column], y[row]);
        }

        var (low, high) = (z[row][column], node.Side == Side.Across ? z[row][column + 1] : z[row + 1][column]);
        var share = (level - low) / (high - low);
        return node.Side == Side.Across ? (x[column] + (share * (x[column + 1] - x[column])), y[row]) : (x[column], y[row] + (share * (y[row + 1] - y[row])));
    }

    private static List<(double X, double Y)> Straightened(List<(double X, double Y)> outline)
    {
        List<(double X, double Y)> distinct = [.. outline.Where((p, i) => p != outline[(i + 1) % outline.Count])];
        return [.. distinct.Where((p, i) =>
        {
            var (before, after) = (distinct[(i + distinct.Count - 1) % distinct.Count], distinct[(i + 1) % distinct.Count]);
            return Math.Abs(((p.X - before.X) * (after.Y - p.Y)) - ((p.Y - before.Y) * (after.X - p.X))) > 1e-12;
        })];
    }

    private enum Side
    {
        None,
        Across,
        Up,
    }

    private readonly record struct Node(int Row, int Column, Side Side) : IComparable<Node>
    {
        public int CompareTo(Node other) => (Row, Column, Side).CompareTo((other.Row, other.Column, other.Side));
    }
}
