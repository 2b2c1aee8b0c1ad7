namespace TuneLab.Analysis.Importance;

/// <summary>
/// Exact means and variances of a tree's prediction over a part of the unit cube in which some choices are left out: in a leaf the prediction is constant, so an average over axes is a sum over leaves, each weighing what its box measures along
/// these axes (Hutter, Hoos, Leyton-Brown 2014, section 4).
/// </summary>
internal sealed class LeafMeasure
{
    private readonly LeafBoxes _boxes;
    private readonly double[][] _widths;
    private readonly double[][] _sides;
    private readonly double[] _weights;

    /// <param name="boxes">The tree.</param>
    /// <param name="allowed">[axes] the choices left; null for numbers.</param>
    public LeafMeasure(LeafBoxes boxes, bool[]?[] allowed)
    {
        _boxes = boxes;
        _widths = [.. boxes.Edges.Select((edges, axis) => Widths(edges, allowed[axis]))];
        _sides = [.. boxes.Cells.Select(cells => cells.Select((own, axis) => own.Sum(c => _widths[axis][c])).ToArray())];
        _weights = Array.ConvertAll(_sides, sides => sides.Aggregate(1.0, (product, side) => product * side));
        Volume = AnovaSpace.Volume(allowed);
        Marginals = [.. _widths.Select((_, axis) => Marginal(axis))];
        Main = [.. Marginals.Select((marginal, axis) => Variance(marginal, _widths[axis]))];
    }

    /// <summary>How much of the cube the part is.</summary>
    public double Volume { get; }

    /// <summary>The variance of the prediction over the part.</summary>
    public double Total => Variance(_boxes.Values, _weights);

    /// <summary>[axes][cells] the mean prediction by the cell of one axis.</summary>
    public double[][] Marginals { get; }

    /// <summary>[axes] the variance of each marginal.</summary>
    public double[] Main { get; }

    /// <summary>The variance of two axes' joint marginal that the two by themselves leave.</summary>
    public double Interaction(int first, int second)
    {
        double[] widths = [.. _widths[first].SelectMany(r => _widths[second].Select(c => r * c))];
        return Math.Max(0, Variance(Joint(first, second), widths) - Main[first] - Main[second]);
    }

    /// <summary>[cells of the first x cells of the second], row-major: the mean prediction by the cells of two axes.</summary>
    public double[] Joint(int first, int second)
    {
        var columns = _widths[second].Length;
        var joint = new double[_widths[first].Length * columns];
        for (var leaf = 0; leaf < _weights.Length; leaf++)
        {
            if (_weights[leaf] > 0)
            {
                var share = _boxes.Values[leaf] * _weights[leaf] / (_sides[leaf][first] * _sides[leaf][second]);
                foreach (var row in _boxes.Cells[leaf][first])
                {
                    foreach (var column in _boxes.Cells[leaf][second])
                    {
                        joint[row * columns + column] += share;
                    }
                }
            }
        }

        return joint;
    }

    private double[] Marginal(int axis)
    {
        var marginal = new double[_widths[axis].Length];
        for (var leaf = 0; leaf < _weights.Length; leaf++)
        {
            if (_weights[leaf] > 0)
            {
                var share = _boxes.Values[leaf] * _weights[leaf] / _sides[leaf][axis];
                foreach (var cell in _boxes.Cells[leaf][axis])
                {
                    marginal[cell] += share;
                }
            }
        }

        return marginal;
    }

    private static double[] Widths(double[] edges, bool[]? allowed)
    {
        double[] widths = [.. edges.Skip(1).Zip(edges, (high, low) => high - low)];
        return allowed is null ? widths : [.. allowed.Select(a => a ? 1.0 / allowed.Count(c => c) : 0)];
    }

    private static double Variance(IReadOnlyList<double> values, double[] weights)
    {
        var mean = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            mean += weights[i] * values[i];
        }

        var variance = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            variance += weights[i] * (values[i] - mean) * (values[i] - mean);
        }

        return variance;
    }
}
