namespace TuneLab.Learners.Forest;

/// <summary>Sums for three or more classes, by the decrease of Gini impurity or entropy.</summary>
internal struct ClassCells : ISplitCells
{
    private readonly int[] _label;
    private readonly double[] _rowWeight;
    private readonly int _classes;
    private readonly bool _entropy;
    private readonly double[] _cells; // [256 x classes]
    private readonly int[] _counts = new int[256];
    private readonly double[] _node;
    private readonly double[] _left;
    private double _nodeScore;
    private int _heaviest;

    /// <param name="label">[rows]: class index.</param>
    /// <param name="rowWeight">[rows], filled anew for each tree.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="entropy">Whether impurity is entropy.</param>
    public ClassCells(int[] label, double[] rowWeight, int classes, bool entropy)
    {
        (_label, _rowWeight, _classes, _entropy) = (label, rowWeight, classes, entropy);
        (_cells, _node, _left) = (new double[256 * classes], new double[classes], new double[classes]);
    }

    public int LeftRows { get; private set; }

    public readonly double Noise => 1e-12 * Math.Abs(_nodeScore);

    public readonly bool LeftIsHeavier => 2 * _left.Sum() >= _node.Sum();

    public bool Begin(ReadOnlySpan<int> rows)
    {
        Array.Clear(_node);
        foreach (var row in rows)
        {
            _node[_label[row]] += _rowWeight[row];
        }

        var present = 0;
        _heaviest = 0;
        for (var k = 0; k < _classes; k++)
        {
            present += _node[k] > 0 ? 1 : 0;
            _heaviest = _node[k] > _node[_heaviest] ? k : _heaviest;
        }

        _nodeScore = Score(_node, null);
        return present > 1;
    }

    public readonly void Leaf(Span<double> values)
    {
        var sum = 0.0;
        foreach (var weight in _node)
        {
            sum += weight;
        }

        for (var k = 0; k < _classes; k++)
        {
            values[k] = _node[k] / sum;
        }
    }

    public readonly void Add(byte[] column, ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            int bin = column[row];
            _cells[bin * _classes + _label[row]] += _rowWeight[row];
            _counts[bin]++;
        }
    }

    public readonly void Clear(ReadOnlySpan<byte> bins)
    {
        foreach (var bin in bins)
        {
            _cells.AsSpan(bin * _classes, _classes).Clear();
            _counts[bin] = 0;
        }
    }

    public readonly int Rows(byte bin) => _counts[bin];

    /// <summary>The share of the node's heaviest class: exact for two classes (Breiman et al. 1984), a heuristic for more.</summary>
    public readonly double Key(byte bin)
    {
        var sum = 0.0;
        for (var k = 0; k < _classes; k++)
        {
            sum += _cells[bin * _classes + k];
        }

        return _cells[bin * _classes + _heaviest] / sum;
    }

    public void ClearLeft()
    {
        Array.Clear(_left);
        LeftRows = 0;
    }

    public void MoveLeft(byte bin)
    {
        for (var k = 0; k < _classes; k++)
        {
            _left[k] += _cells[bin * _classes + k];
        }

        LeftRows += _counts[bin];
    }

    public readonly double Gain() => Score(_left, null) + Score(_node, _left) - _nodeScore;

    /// <summary>Minus the impurity times the weight, up to a constant, of some class weights or of their difference.</summary>
    private readonly double Score(double[] weights, double[]? less)
    {
        double sum = 0, score = 0;
        for (var k = 0; k < _classes; k++)
        {
            var weight = Math.Max(0, weights[k] - (less?[k] ?? 0)); // a difference may round to just below 0
            sum += weight;
            score += _entropy ? (weight > 0 ? weight * Math.Log(weight) : 0) : weight * weight;
        }

        return sum <= 0 ? 0 : _entropy ? score - sum * Math.Log(sum) : score / sum;
    }
}
