namespace TuneLab.Learners.Linear;

/// <summary>Picks the method that costs less for a problem's size. Both end at the same minimum.</summary>
internal static class LinearSolver
{
    /// <summary>How many gradients of L-BFGS one Newton iteration replaces, at least.</summary>
    private const double GradientsPerHessian = 15;
    private const int MaxNewtonSize = 1200;

    public static void Minimise(LinearProblem problem, ElasticNet penalty, double[] weights, CancellationToken cancellation)
    {
        var (gradient, hessian) = problem.Work();
        if (problem.Size <= MaxNewtonSize && hessian <= GradientsPerHessian * gradient)
        {
            ProximalNewton.Minimise(problem, penalty, weights, cancellation);
        }
        else
        {
            OrthantWise.Minimise(problem, penalty, weights, cancellation);
        }
    }
}
