namespace TuneLab.Learners.Linear;

/// <summary>
/// Minimises a quadratic function plus an elastic-net penalty: the inner problem of <see cref="ProximalNewton"/>. Without an absolute part it is one linear system. With
/// one, coordinate descent (Friedman, Hastie and Tibshirani 2010) finds which weights are not zero, and a linear system over those, stopped at the first change of sign
/// (the step of Lee, Battle, Raina and Ng 2006), brings them to their place at once.
/// </summary>
/// <param name="hessian">[size x size], symmetric, positive semidefinite.</param>
/// <param name="penalty">The penalty.</param>
internal sealed class QuadraticModel(double[] hessian, ElasticNet penalty)
{
    private const int SweepsAtOnce = 5;
    private const int Rounds = 40;

    /// <param name="weights">[size]: where the quadratic function touches the loss.</param>
    /// <param name="gradient">[size]: its gradient there.</param>
    /// <param name="precision">A sweep in which no coordinate gains more ends the search.</param>
    /// <returns>[size]: the minimiser.</returns>
    public double[] Minimise(double[] weights, double[] gradient, double precision)
    {
        double[] at = [.. weights];
        double[] slope = [.. gradient];
        if (penalty.Absolute == 0)
        {
            SolveActive(at, slope);
            return at;
        }

        for (var round = 0; round < Rounds; round++)
        {
            for (var sweep = 0; sweep < SweepsAtOnce; sweep++)
            {
                if (Sweep(at, slope) <= precision)
                {
                    return at;
                }
            }

            for (var dropped = 0; dropped < at.Length && !SolveActive(at, slope); dropped++)
            {
                // the weight that would have changed its sign is zero now: on with the others
            }
        }

        return at;
    }

    /// <summary>Minimises along each coordinate in turn.</summary>
    /// <returns>The largest gain of one coordinate.</returns>
    private double Sweep(double[] at, double[] slope)
    {
        double largest = 0;
        for (var j = 0; j < at.Length; j++)
        {
            var line = hessian.AsSpan(j * at.Length, at.Length);
            var curvature = line[j] + penalty.QuadraticOf(j);
            if (curvature <= 0)
            {
                continue; // the column is zero on these rows
            }

            var pull = (line[j] * at[j]) - slope[j];
            var shrunk = Math.Max(Math.Abs(pull) - penalty.AbsoluteOf(j), 0);
            var change = (Math.CopySign(shrunk, pull) / curvature) - at[j];
            if (change != 0)
            {
                at[j] += change;
                at[j] = shrunk == 0 ? 0 : at[j];
                LinearProblem.AddScaled(slope, line, change);
                largest = Math.Max(largest, change * change * curvature);
            }
        }

        return largest;
    }

    /// <summary>Goes to the minimum over the weights that are not zero, or as far as none of them changes its sign.</summary>
    /// <returns>Whether it got there.</returns>
    private bool SolveActive(double[] at, double[] slope)
    {
        var lasso = penalty.Absolute > 0;
        int[] active = [.. Enumerable.Range(0, at.Length).Where(j => !lasso || at[j] != 0 || !penalty.IsPenalised(j))];
        var (size, full) = (active.Length, at.Length);
        var system = new double[size * size];
        var step = new double[size];
        for (var a = 0; a < size; a++)
        {
            var j = active[a];
            for (var b = 0; b < size; b++)
            {
                system[(a * size) + b] = hessian[(j * full) + active[b]];
            }

            system[(a * size) + a] += penalty.QuadraticOf(j);
            step[a] = -(slope[j] + (penalty.QuadraticOf(j) * at[j]) + (penalty.AbsoluteOf(j) * Math.Sign(at[j])));
        }

        Cholesky.Solve(system, step);
        var (length, blocking) = (1.0, -1);
        for (var a = 0; lasso && a < size; a++)
        {
            var j = active[a];
            if (penalty.IsPenalised(j) && at[j] * (at[j] + (length * step[a])) < 0)
            {
                (length, blocking) = (-at[j] / step[a], a);
            }
        }

        for (var a = 0; a < size; a++)
        {
            var j = active[a];
            var change = a == blocking ? -at[j] : length * step[a];
            at[j] = a == blocking ? 0 : at[j] + change;
            LinearProblem.AddScaled(slope, hessian.AsSpan(j * full, full), change);
        }

        return blocking < 0;
    }
}
