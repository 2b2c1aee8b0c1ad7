namespace TuneLab.Learners.Linear;

/// <summary>The last steps and what they did to the gradient: the inverse Hessian of L-BFGS (Nocedal 1980).</summary>
internal sealed class StepMemory
{
    private const int Capacity = 10;

    private readonly List<(double[] Step, double[] Change, double Product)> _pairs = [];

    /// <summary>Whether no step is remembered: the first direction has no scale of its own.</summary>
    public bool IsEmpty => _pairs.Count == 0;

    /// <summary>Forgets all steps.</summary>
    public void Clear() => _pairs.Clear();

    /// <summary>Minus the approximate inverse Hessian times a slope (the two-loop recursion).</summary>
    public double[] Direction(double[] slope)
    {
        var direction = Array.ConvertAll(slope, s => -s);
        var shares = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            shares[i] = Dot(_pairs[i].Step, direction) / _pairs[i].Product;
            LinearProblem.AddScaled(direction, _pairs[i].Change, -shares[i]);
        }

        if (_pairs.Count > 0)
        {
            var scale = _pairs[^1].Product / Dot(_pairs[^1].Change, _pairs[^1].Change);
            for (var j = 0; j < direction.Length; j++)
            {
                direction[j] *= scale;
            }
        }

        for (var i = 0; i < _pairs.Count; i++)
        {
            var share = Dot(_pairs[i].Change, direction) / _pairs[i].Product;
            LinearProblem.AddScaled(direction, _pairs[i].Step, shares[i] - share);
        }

        return direction;
    }

    /// <summary>Remembers a step, unless the slope did not rise along it (rounding).</summary>
    public void Add(double[] weights, double[] next, double[] gradient, double[] nextGradient)
    {
        var (step, change) = (new double[weights.Length], new double[weights.Length]);
        for (var j = 0; j < step.Length; j++)
        {
            (step[j], change[j]) = (next[j] - weights[j], nextGradient[j] - gradient[j]);
        }

        var product = Dot(step, change);
        if (product > 1e-14 * Dot(change, change))
        {
            if (_pairs.Count == Capacity)
            {
                _pairs.RemoveAt(0);
            }

            _pairs.Add((step, change, product));
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
