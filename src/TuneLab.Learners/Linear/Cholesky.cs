namespace TuneLab.Learners.Linear;

/// <summary>The Cholesky factor of a symmetric positive semidefinite matrix: solves systems with it.</summary>
internal sealed class Cholesky
{
    private const int LinesBetweenLooks = 16;

    private readonly double[] _factor;
    private readonly int _size;

    private Cholesky(double[] factor, int size) => (_factor, _size) = (factor, size);

    /// <summary>Factors a matrix; one that is nearly singular is damped until that can be done.</summary>
    /// <param name="matrix">[size x size], symmetric; kept.</param>
    /// <param name="size">Its lines.</param>
    /// <param name="cancellation">Looked at every few lines.</param>
    /// <returns>Null when no direction can be had from it: it is zero or not finite.</returns>
    public static Cholesky? Of(double[] matrix, int size, CancellationToken cancellation)
    {
        double largest = 0;
        for (var i = 0; i < size; i++)
        {
            largest = Math.Max(largest, matrix[(i * size) + i]);
        }

        var factor = new double[size * size];
        for (var damping = 1e-12 * largest; damping <= largest && largest > 0; damping *= 100)
        {
            if (TryFactor(matrix, factor, size, damping, cancellation))
            {
                return new Cholesky(factor, size);
            }
        }

        return null;
    }

    /// <param name="right">[size]; becomes the solution.</param>
    public void Solve(double[] right)
    {
        for (var i = 0; i < _size; i++)
        {
            right[i] = (right[i] - RowMath.Dot(_factor.AsSpan(i * _size, i), right)) / _factor[(i * _size) + i];
        }

        for (var i = _size - 1; i >= 0; i--)
        {
            right[i] /= _factor[(i * _size) + i];
            RowMath.AddScaled(right.AsSpan(0, i), _factor.AsSpan(i * _size, i), -right[i]);
        }
    }

    private static bool TryFactor(double[] matrix, double[] factor, int size, double damping, CancellationToken cancellation)
    {
        for (var i = 0; i < size; i++)
        {
            if (i % LinesBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var line = factor.AsSpan(i * size, size);
            for (var j = 0; j < i; j++)
            {
                line[j] = (matrix[(i * size) + j] - RowMath.Dot(factor.AsSpan(j * size, j), line)) / factor[(j * size) + j];
            }

            var pivot = matrix[(i * size) + i] + damping - RowMath.Dot(line[..i], line);
            if (!(pivot > damping / 2))
            {
                return false;
            }

            line[i] = Math.Sqrt(pivot);
        }

        return true;
    }
}
