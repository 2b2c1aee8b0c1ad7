namespace TuneLab.Samplers.Gp;

/// <summary>
/// Resilient propagation (iRprop-, Igel and Huesken 2003; for Gaussian processes Blum and Riedmiller 2013): descends by the signs of the gradient, with a step for each coordinate that grows while its
/// sign stays and halves when it turns. Stays inside bounds.
/// </summary>
internal static class Rprop
{
    private const double Grow = 1.2;
    private const double Shrink = 0.5;

    /// <summary>The function's value at a point; writes its gradient.</summary>
    public delegate double Slope(ReadOnlySpan<double> at, Span<double> gradient);

    /// <summary>The best point on the way down; <paramref name="start"/> is not written.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="low">The lower bounds.</param>
    /// <param name="high">The upper bounds.</param>
    /// <param name="steps">The first step of each coordinate; 0 keeps it where it is.</param>
    /// <param name="iterations">How often the gradient is asked for, at most.</param>
    /// <param name="slope">What is to be as small as can be.</param>
    public static (double[] Point, double Value) Minimize(double[] start, double[] low, double[] high, double[] steps, int iterations, Slope slope)
    {
        var n = start.Length;
        var (at, gradient, last, step) = ((double[])start.Clone(), new double[n], new double[n], (double[])steps.Clone());
        var (best, least) = ((double[])start.Clone(), double.PositiveInfinity);
        for (var k = 0; k < iterations; k++)
        {
            var value = slope(at, gradient);
            if (value < least)
            {
                least = value;
                at.CopyTo(best, 0);
            }

            var moved = false;
            for (var i = 0; i < n; i++)
            {
                var turn = gradient[i] * last[i];
                step[i] = Math.Min(step[i] * (turn > 0 ? Grow : turn < 0 ? Shrink : 1), high[i] - low[i]);
                last[i] = turn < 0 ? 0 : gradient[i];
                if (turn >= 0 && step[i] > 0 && gradient[i] != 0)
                {
                    var next = Math.Clamp(at[i] - (Math.Sign(gradient[i]) * step[i]), low[i], high[i]);
                    moved |= Math.Abs(next - at[i]) > 1e-6 * (high[i] - low[i]);
                    at[i] = next;
                }
                else
                {
                    moved |= turn < 0;
                }
            }

            if (!moved)
            {
                break;
            }
        }

        return (best, least);
    }
}
