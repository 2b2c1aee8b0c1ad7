namespace TuneLab.Learners.Linear;

/// <summary>Solves small symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>Solves in place; what is nearly singular is damped until it can be factored.</summary>
    /// <param name="matrix">[size x size], symmetric; kept.</param>
    /// <param name="right">[size]; becomes the solution.</param>
    public static void Solve(double[] matrix, double[] right)
    {
        var size = right.Length;
        double largest = 0;
        for (var i = 0; i < size; i++)
        {
            largest = Math.Max(largest, matrix[(i * size) + i]);
        }

        var factor = new double[matrix.Length];
        for (var damping = 1e-12 * largest; !TryFactor(matrix, factor, size, damping); damping = (100 * damping) + double.Epsilon)
        {
            if (damping > largest || double.IsNaN(largest))
            {
                Array.Clear(right); // no direction can be had from this matrix
                return;
            }
        }

        for (var i = 0; i < size; i++)
        {
            right[i] = (right[i] - Dot(factor.AsSpan(i * size, i), right)) / factor[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            right[i] /= factor[(i * size) + i];
            LinearProblem.AddScaled(right.AsSpan(0, i), factor.AsSpan(i * size, i), -right[i]);
        }
    }

    private static bool TryFactor(double[] matrix, double[] factor, int size, double damping)
    {
        for (var i = 0; i < size; i++)
        {
            var line = factor.AsSpan(i * size, size);
            for (var j = 0; j < i; j++)
            {
                line[j] = (matrix[(i * size) + j] - Dot(factor.AsSpan(j * size, j), line)) / factor[(j * size) + j];
            }

            var pivot = matrix[(i * size) + i] + damping - Dot(line[..i], line);
            if (!(pivot > damping / 2))
            {
                return false;
            }

            line[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    // four sums in a fixed order: as fast as the processor's additions overlap, and the same on every one
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var i = 0;
        b = b[..a.Length];
        for (; i + 3 < a.Length; i += 4)
        {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
        {
            s0 += a[i] * b[i];
        }

        return s0 + s1 + (s2 + s3);
    }
}
