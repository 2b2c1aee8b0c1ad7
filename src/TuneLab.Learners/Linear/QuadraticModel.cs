namespace TuneLab.Learners.Linear;

/// <summary>
/// Minimises a quadratic function plus an elastic-net penalty: the inner problem of <see cref="ProximalNewton"/>. Coordinate descent (Friedman, Hastie and Tibshirani 2010)
/// finds which weights are not zero, and a linear system over those brings them to their place at once: weights that would change their sign are put to zero, or where that
/// leads up, the step ends at the first of them (Lee, Battle, Raina and Ng 2006).
/// </summary>
/// <param name="hessian">[size x size], symmetric, positive semidefinite.</param>
/// <param name="penalty">The penalty, with an absolute part.</param>
/// <param name="cancellation">Looked at every few sweeps.</param>
internal sealed class QuadraticModel(double[] hessian, ElasticNet penalty, CancellationToken cancellation = default)
{
    private const int SweepsAtOnce = 5;
    private const int SolvesAtOnce = 50;
    private const int Rounds = 60;

    /// <param name="weights">[size]: where the quadratic function touches the loss.</param>
    /// <param name="gradient">[size]: its gradient there.</param>
    /// <param name="precision">A sweep in which no coordinate gains more ends the search.</param>
    /// <returns>[size]: the minimiser.</returns>
    public double[] Minimise(double[] weights, double[] gradient, double precision)
    {
        double[] at = [.. weights];
        double[] slope = [.. gradient];
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var sweep = 0; sweep < SweepsAtOnce; sweep++)
            {
                if (Sweep(at, slope) <= precision)
                {
                    return at;
                }
            }

            for (var solved = 0; solved < SolvesAtOnce && !SolveActive(at, slope); solved++)
            {
                // weights that would have changed their sign are zero now: on with the others
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
                RowMath.AddScaled(slope, line, change);
                largest = Math.Max(largest, change * change * curvature);
            }
        }

        return largest;
    }

    /// <summary>Goes to the minimum over the weights that are not zero, or towards it where some would change their sign.</summary>
    /// <returns>Whether it got there.</returns>
    private bool SolveActive(double[] at, double[] slope)
    {
        int[] active = [.. Enumerable.Range(0, at.Length).Where(j => at[j] != 0 || !penalty.IsPenalised(j))];
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

        if (Cholesky.Of(system, size, cancellation) is not { } factor)
        {
            return true; // a matrix of zeros: there is nowhere to go
        }

        factor.Solve(step);
        var (length, blocking) = (1.0, -1);
        for (var a = 0; a < size; a++)
        {
            var j = active[a];
            if (penalty.IsPenalised(j) && at[j] * (at[j] + (length * step[a])) < 0)
            {
                (length, blocking) = (-at[j] / step[a], a);
            }
        }

        if (blocking < 0)
        {
            Move(at, slope, active, step);
            return true;
        }

        var projected = new double[size];
        var blocked = new double[size];
        for (var a = 0; a < size; a++)
        {
            var j = active[a];
            projected[a] = penalty.IsPenalised(j) && at[j] * (at[j] + step[a]) < 0 ? -at[j] : step[a];
            blocked[a] = a == blocking ? -at[j] : length * step[a];
        }

        if (!Move(at, slope, active, projected, onlyDown: true))
        {
            Move(at, slope, active, blocked);
        }

        return false;
    }

    /// <summary>Changes some weights.</summary>
    /// <returns>False, and nothing is changed, where that leads up and must not.</returns>
    private bool Move(double[] at, double[] slope, int[] active, double[] change, bool onlyDown = false)
    {
        var full = at.Length;
        var bend = new double[full];
        double gain = 0;
        for (var a = 0; a < active.Length; a++)
        {
            RowMath.AddScaled(bend, hessian.AsSpan(active[a] * full, full), change[a]);
        }

        for (var a = 0; a < active.Length; a++)
        {
            var j = active[a];
            var next = at[j] + change[a];
            gain -= (slope[j] + (bend[j] / 2)) * change[a];
            gain -= penalty.AbsoluteOf(j) * (Math.Abs(next) - Math.Abs(at[j]));
            gain -= penalty.QuadraticOf(j) * ((next * next) - (at[j] * at[j])) / 2;
        }

        if (onlyDown && !(gain > 0))
        {
            return false;
        }

        for (var a = 0; a < active.Length; a++)
        {
            at[active[a]] += change[a];
        }

        RowMath.AddScaled(slope, bend, 1);
        return true;
    }
}
