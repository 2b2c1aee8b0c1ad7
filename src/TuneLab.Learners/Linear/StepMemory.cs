namespace TuneLab.Learners.Linear;

/// <summary>The last steps and what they did to the gradient of the loss: what L-BFGS (Nocedal 1980) knows of a Hessian, or how it differs from one computed elsewhere.</summary>
internal sealed class StepMemory
{
    private const int Capacity = 10;

    private readonly List<(double[] Step, double[] Change)> _pairs = [];

    /// <summary>Oldest first: weights [size] and gradient of the loss [size], after minus before.</summary>
    public IReadOnlyList<(double[] Step, double[] Change)> Pairs => _pairs;

    /// <summary>Forgets all steps.</summary>
    public void Clear() => _pairs.Clear();

    /// <summary>Remembers a step, unless the slope did not rise along it (rounding).</summary>
    /// <returns>Whether it did.</returns>
    public bool Add(double[] step, double[] change)
    {
        if (!(RowMath.Dot(step, change) > 1e-14 * RowMath.Dot(change, change)))
        {
            return false;
        }

        if (_pairs.Count == Capacity)
        {
            _pairs.RemoveAt(0);
        }

        _pairs.Add((step, change));
        return true;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_pairs.Count);
        foreach (var (step, change) in _pairs)
        {
            RowMath.Write(writer, step);
            RowMath.Write(writer, change);
        }
    }

    /// <summary>Takes the place of what is remembered.</summary>
    public void Restore(BinaryReader reader, int size)
    {
        _pairs.Clear();
        var count = reader.ReadInt32();
        if (count is < 0 or > Capacity)
        {
            throw new InvalidDataException($"The checkpoint is damaged: {count} steps.");
        }

        for (var i = 0; i < count; i++)
        {
            _pairs.Add((RowMath.Read(reader, size), RowMath.Read(reader, size)));
        }
    }

    /// <summary>Minus the inverse of (the Hessian that the steps tell of + the penalty's) times a slope: the two-loop recursion.</summary>
    /// <param name="slope">[size].</param>
    /// <param name="penalty">Its quadratic part is added to each change.</param>
    /// <param name="start">The factor of the Hessian that the steps correct, the penalty's added; null: a multiple of the unit matrix.</param>
    public double[] Direction(double[] slope, ElasticNet penalty, Cholesky? start)
    {
        var direction = Array.ConvertAll(slope, s => -s);
        var changes = _pairs.ConvertAll(p => penalty.Curved(p.Change, p.Step));
        var products = changes.Select((c, i) => RowMath.Dot(_pairs[i].Step, c)).ToArray();
        var shares = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            shares[i] = RowMath.Dot(_pairs[i].Step, direction) / products[i];
            RowMath.AddScaled(direction, changes[i], -shares[i]);
        }

        if (start is not null)
        {
            start.Solve(direction);
        }
        else if (_pairs.Count > 0)
        {
            var scale = products[^1] / RowMath.Dot(changes[^1], changes[^1]);
            for (var j = 0; j < direction.Length; j++)
            {
                direction[j] *= scale;
            }
        }

        for (var i = 0; i < _pairs.Count; i++)
        {
            var share = RowMath.Dot(changes[i], direction) / products[i];
            RowMath.AddScaled(direction, _pairs[i].Step, shares[i] - share);
        }

        return direction;
    }
}
