using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using TuneLab.Testing.Tabulated;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>
/// Where a configuration would come among the runs of a table, also one that was not run: a ridge regression of the places' normal scores on all squares and products of the unit cube's coordinates. One run's place is partly luck; the surface
/// says what its neighbourhood is worth.
/// </summary>
internal sealed class ResponseSurface
{
    // of 0.3, 1, 3 and 10 the one that told most of the places left out, over seven tables
    private const double Ridge = 3;

    private readonly Vector<double> _weights;

    /// <param name="table">The runs.</param>
    public ResponseSurface(TabulatedRuns table)
    {
        var places = Places([.. table.Runs.Select(r => r.Loss)]);
        var terms = Matrix<double>.Build.DenseOfRowArrays(table.Runs.Select(r => Terms(r.Point)));
        var penalty = Matrix<double>.Build.DenseDiagonal(terms.ColumnCount, Ridge);
        penalty[0, 0] = 0;
        _weights = (terms.TransposeThisAndMultiply(terms) + penalty).Solve(terms.TransposeThisAndMultiply(Vector<double>.Build.DenseOfEnumerable(places.Select(p => Normal.InvCDF(0, 1, p)))));
    }

    /// <summary>The place of a point, in (0, 1); 0 is the top.</summary>
    public double Place(double[] point) => Normal.CDF(0, 1, Vector<double>.Build.Dense(Terms(point)) * _weights);

    /// <summary>[runs] the place of each among all, in the middle of its step.</summary>
    public static double[] Places(double[] losses)
    {
        var places = new double[losses.Length];
        foreach (var (run, place) in Enumerable.Range(0, losses.Length).OrderBy(i => losses[i]).Select((run, place) => (run, place)))
        {
            places[run] = (place + 0.5) / losses.Length;
        }

        return places;
    }

    private static double[] Terms(double[] point)
    {
        var x = Array.ConvertAll(point, p => (2 * p) - 1);
        return [1, .. x, .. Enumerable.Range(0, x.Length).SelectMany(i => Enumerable.Range(i, x.Length - i).Select(j => x[i] * x[j]))];
    }
}
