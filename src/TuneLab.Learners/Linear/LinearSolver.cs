namespace TuneLab.Learners.Linear;

/// <summary>Minimises one loss for a row of strengths, each from the minimum before, by the method that suits the problem's size. All end at the same minimum.</summary>
/// <param name="problem">The loss.</param>
/// <param name="tolerance">How far above the minimum of the mean loss a fit may end, about.</param>
internal sealed class LinearSolver(LinearProblem problem, double tolerance)
{
    private readonly ProximalNewton _newton = new(problem, tolerance);
    private readonly StepMemory _memory = new();

    /// <param name="penalty">The penalty.</param>
    /// <param name="weights">[size]: the start; becomes the minimiser.</param>
    /// <returns>The loss there.</returns>
    public double Minimise(ElasticNet penalty, double[] weights)
        => penalty.Absolute > 0 && problem.Size > ProximalNewton.MostWeights ? OrthantWise.Minimise(problem, penalty, weights, _memory) : _newton.Minimise(penalty, weights);
}
