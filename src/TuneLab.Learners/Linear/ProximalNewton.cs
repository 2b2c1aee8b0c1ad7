namespace TuneLab.Learners.Linear;

/// <summary>
/// Newton's method for a smooth loss plus a penalty (Lee, Sun and Saunders 2014; the IRLS of Friedman, Hastie and Tibshirani 2010 with the Hessian kept whole): few passes
/// over the rows, but the square of the number of weights in memory and work.
/// </summary>
internal static class ProximalNewton
{
    private const int MaxIterations = 60;

    /// <summary>Ends after the step that promises less; the error left is about its square times the number of rows.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Ends when a step gained less than this share of the objective: what rounding and nearly equal columns leave over.</summary>
    private const double SmallestGain = 1e-10;

    /// <param name="problem">The loss.</param>
    /// <param name="penalty">The penalty.</param>
    /// <param name="weights">[size]: the start; becomes the minimiser.</param>
    /// <param name="cancellation">Looked at between passes.</param>
    public static void Minimise(LinearProblem problem, ElasticNet penalty, double[] weights, CancellationToken cancellation)
    {
        var gradient = new double[problem.Size];
        var hessian = new double[problem.Size * problem.Size];
        var (margins, change, tried) = (new double[problem.MarginCount], new double[problem.MarginCount], new double[problem.MarginCount]);
        problem.Margins(weights, margins);
        var value = problem.Loss(margins) + penalty.Value(weights);
        var precision = 1e-8; // of the inner search: no finer than the progress of the outer one is worth
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            problem.Gradient(margins, gradient);
            if (iteration == 0 || !problem.IsQuadratic)
            {
                problem.Hessian(margins, hessian);
                cancellation.ThrowIfCancellationRequested();
            }

            var goal = new QuadraticModel(hessian, penalty).Minimise(weights, gradient, precision);
            var step = new double[weights.Length];
            var promised = penalty.Value(goal) - penalty.Value(weights);
            for (var j = 0; j < step.Length; j++)
            {
                step[j] = goal[j] - weights[j];
                promised += gradient[j] * step[j];
            }

            if (!(promised < 0))
            {
                return;
            }

            precision = Math.Clamp(-promised * 1e-8, 1e-16, precision);
            problem.Margins(step, change);
            var (length, accepted, gain) = (1.0, false, 0.0);
            var moved = new double[weights.Length];
            for (var halvings = 0; halvings < 40 && !accepted; halvings++, length /= 2)
            {
                for (var i = 0; i < tried.Length; i++)
                {
                    tried[i] = margins[i] + (length * change[i]);
                }

                for (var j = 0; j < moved.Length; j++)
                {
                    moved[j] = length == 1 ? goal[j] : weights[j] + (length * step[j]);
                }

                var reached = problem.Loss(tried) + penalty.Value(moved);
                if (reached <= value + (1e-4 * length * promised) + (1e-15 * Math.Abs(value)))
                {
                    gain = value - reached;
                    (value, accepted) = (reached, true);
                    moved.CopyTo(weights, 0);
                    tried.CopyTo(margins, 0);
                }
            }

            if (!accepted || -promised <= Tolerance || (gain <= SmallestGain * Math.Abs(value) && iteration > 0))
            {
                return;
            }
        }
    }
}
