using MathNet.Numerics.LinearAlgebra;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>
/// A number of a trainer's configurations as a smooth function of where they lie: a ridge regression on all squares and products of the unit cube's coordinates. One run's number is partly luck; the surface says what its neighbourhood is worth.
/// </summary>
internal sealed class ResponseSurface
{
    // of 0.3, 1, 3 and 10 the one that told most of the places left out, over seven tables
    private const double Ridge = 3;

    private readonly Vector<double> _weights;

    /// <param name="points">[runs][dimensions] in the unit cube.</param>
    /// <param name="values">[runs] the number.</param>
    public ResponseSurface(IEnumerable<double[]> points, IEnumerable<double> values)
    {
        var terms = Matrix<double>.Build.DenseOfRowArrays(points.Select(Terms));
        var penalty = Matrix<double>.Build.DenseDiagonal(terms.ColumnCount, Ridge);
        penalty[0, 0] = 0;
        _weights = (terms.TransposeThisAndMultiply(terms) + penalty).Solve(terms.TransposeThisAndMultiply(Vector<double>.Build.DenseOfEnumerable(values)));
    }

    /// <summary>The number at a point.</summary>
    public double At(double[] point) => Vector<double>.Build.Dense(Terms(point)) * _weights;

    private static double[] Terms(double[] point)
    {
        var x = Array.ConvertAll(point, p => (2 * p) - 1);
        return [1, .. x, .. Enumerable.Range(0, x.Length).SelectMany(i => Enumerable.Range(i, x.Length - i).Select(j => x[i] * x[j]))];
    }
}
