namespace TuneLab.Learners.Linear;

/// <summary>The penalty of Zou and Hastie 2005: absolute |w| + quadratic w^2 / 2, summed over the weights that are no intercepts.</summary>
/// <param name="Absolute">strength * l1_ratio.</param>
/// <param name="Quadratic">strength * (1 - l1_ratio).</param>
/// <param name="Stride">Every stride-th weight is an intercept.</param>
internal readonly record struct ElasticNet(double Absolute, double Quadratic, int Stride)
{
    public double Value(ReadOnlySpan<double> weights)
    {
        double absolute = 0, square = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (IsPenalised(i))
            {
                absolute += Math.Abs(weights[i]);
                square += weights[i] * weights[i];
            }
        }

        return (Absolute * absolute) + (Quadratic * square / 2);
    }

    public bool IsPenalised(int index) => (index + 1) % Stride != 0;

    /// <summary>The absolute part for one weight.</summary>
    public double AbsoluteOf(int index) => IsPenalised(index) ? Absolute : 0;

    /// <summary>The quadratic part for one weight.</summary>
    public double QuadraticOf(int index) => IsPenalised(index) ? Quadratic : 0;

    /// <summary>A gradient, or a change of one, with what the quadratic part adds to it.</summary>
    /// <param name="gradient">[size], of the loss.</param>
    /// <param name="weights">[size], or a change of them.</param>
    public double[] Curved(double[] gradient, double[] weights)
    {
        double[] sum = [.. gradient];
        for (var j = 0; j < sum.Length; j++)
        {
            sum[j] += QuadraticOf(j) * weights[j];
        }

        return sum;
    }
}
