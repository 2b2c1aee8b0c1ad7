namespace TuneLab.Learners.Linear;

/// <summary>
/// Orthant-wise limited-memory quasi-Newton (Andrew and Gao 2007): for an absolute penalty on designs too wide for <see cref="ProximalNewton"/>.
/// </summary>
internal static class OrthantWise
{
    private const int MaxIterations = 400;
    private const double SmallestSlope = 1e-6;

    /// <summary>Ends when this many iterations in a row gained less than this share of the value.</summary>
    private const double SmallestGain = 1e-10;
    private const int SmallGains = 3;
    private const int Restarts = 3;

    /// <param name="problem">The loss.</param>
    /// <param name="penalty">The penalty.</param>
    /// <param name="weights">[size]: the start; becomes the minimiser.</param>
    /// <param name="memory">The steps before; takes in those of this call.</param>
    /// <returns>The loss there.</returns>
    public static double Minimise(LinearProblem problem, ElasticNet penalty, double[] weights, StepMemory memory)
    {
        var (gradient, nextGradient) = (new double[problem.Size], new double[problem.Size]);
        var (margins, slopes) = (new double[problem.MarginCount], new double[problem.MarginCount]);
        var next = new double[problem.Size];
        var loss = Evaluate(problem, weights, margins, slopes, gradient);
        var value = loss + penalty.Value(weights);
        for (var (iteration, small, restarts) = (0, 0, Restarts); iteration < MaxIterations; iteration++)
        {
            var slope = SteepestSlope(penalty, weights, gradient);
            if (slope.Max(Math.Abs) <= SmallestSlope)
            {
                return loss;
            }

            var direction = memory.Direction(slope, penalty, null);
            Restrain(penalty, weights, slope, direction);
            var length = memory.Pairs.Count == 0 ? 1 / Math.Sqrt(slope.Sum(s => s * s)) : 1.0;
            var accepted = false;
            for (var halvings = 0; halvings < 30 && !accepted; halvings++, length /= 2)
            {
                var promised = Step(penalty, weights, slope, direction, length, next);
                var nextLoss = Evaluate(problem, next, margins, slopes, nextGradient);
                var reached = nextLoss + penalty.Value(next);
                if (reached <= value + (1e-4 * promised))
                {
                    small = value - reached <= SmallestGain * Math.Abs(value) ? small + 1 : 0;
                    (loss, value, accepted) = (nextLoss, reached, true);
                }
            }

            if (accepted)
            {
                memory.Add(Difference(next, weights), Difference(nextGradient, gradient));
                next.CopyTo(weights, 0);
                (gradient, nextGradient) = (nextGradient, gradient);
            }

            if (!accepted || small >= SmallGains)
            {
                if (restarts-- == 0 || (!accepted && memory.Pairs.Count == 0))
                {
                    break;
                }

                // what is remembered may lead nowhere at an orthant's edge: once more from the plain slope
                small = 0;
                memory.Clear();
            }
        }

        return loss;
    }

    private static double[] Difference(double[] after, double[] before)
    {
        var difference = new double[after.Length];
        for (var j = 0; j < after.Length; j++)
        {
            difference[j] = after[j] - before[j];
        }

        return difference;
    }

    private static double Evaluate(LinearProblem problem, double[] weights, double[] margins, double[] slopes, double[] gradient)
    {
        problem.Margins(weights, margins);
        var loss = problem.Loss(margins, slopes);
        problem.Gradient(slopes, gradient);
        return loss;
    }

    /// <summary>The pseudo-gradient: of the two one-sided derivatives at zero the one that leads down, or 0.</summary>
    private static double[] SteepestSlope(ElasticNet penalty, double[] weights, double[] gradient)
    {
        var slope = new double[weights.Length];
        for (var j = 0; j < slope.Length; j++)
        {
            var (edge, smooth) = (penalty.AbsoluteOf(j), gradient[j] + (penalty.QuadraticOf(j) * weights[j]));
            slope[j] = weights[j] != 0 ? smooth + (Math.Sign(weights[j]) * edge) : Math.CopySign(Math.Max(Math.Abs(smooth) - edge, 0), smooth);
        }

        return slope;
    }

    /// <summary>
    /// Keeps weights that are zero from moving against their slope. Andrew and Gao do so with all weights, which makes correlated columns crawl; here the others
    /// are only held back when the direction would not lead down.
    /// </summary>
    private static void Restrain(ElasticNet penalty, double[] weights, double[] slope, double[] direction)
    {
        double descent = 0;
        for (var j = 0; j < direction.Length; j++)
        {
            direction[j] = weights[j] == 0 && direction[j] * slope[j] >= 0 ? 0 : direction[j];
            descent += direction[j] * slope[j];
        }

        for (var j = 0; descent >= 0 && j < direction.Length; j++)
        {
            direction[j] = direction[j] * slope[j] < 0 ? direction[j] : 0;
        }
    }

    /// <summary>A step that stops at zero where a weight would change its sign.</summary>
    /// <returns>The first-order change of the objective.</returns>
    private static double Step(ElasticNet penalty, double[] weights, double[] slope, double[] direction, double length, double[] next)
    {
        double promised = 0;
        for (var j = 0; j < weights.Length; j++)
        {
            next[j] = weights[j] + (length * direction[j]);
            if (penalty.AbsoluteOf(j) > 0)
            {
                var orthant = weights[j] != 0 ? weights[j] : -slope[j];
                next[j] = next[j] * orthant > 0 ? next[j] : 0;
            }

            promised += slope[j] * (next[j] - weights[j]);
        }

        return promised;
    }
}
