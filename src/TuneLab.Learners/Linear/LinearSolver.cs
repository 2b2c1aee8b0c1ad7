namespace TuneLab.Learners.Linear;

/// <summary>Minimises one loss for a row of strengths, each from the minimum before, by the method that suits the problem's size. All end at the same minimum.</summary>
/// <param name="problem">The loss.</param>
internal sealed class LinearSolver(LinearProblem problem)
{
    private readonly ProximalNewton _newton = new(problem);
    private readonly StepMemory _memory = new();

    /// <param name="penalty">The penalty.</param>
    /// <param name="weights">[size]: the start; becomes the minimiser.</param>
    /// <param name="tolerance">How far above the minimum of the mean loss it may end, about.</param>
    /// <returns>The loss there.</returns>
    public double Minimise(ElasticNet penalty, double[] weights, double tolerance)
        => penalty.Absolute > 0 && problem.Size > ProximalNewton.MostWeights ? OrthantWise.Minimise(problem, penalty, weights, _memory) : _newton.Minimise(penalty, weights, tolerance);

    /// <summary>Writes what the next strength starts from beside the weights.</summary>
    public void Save(BinaryWriter writer)
    {
        _newton.Save(writer);
        _memory.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader reader)
    {
        _newton.Restore(reader);
        _memory.Restore(reader, problem.Size);
    }
}
