namespace TuneLab.Learners.Linear;

/// <summary>From one strength to the next: the minimiser of each starts at the one before. Used by one thread at a time.</summary>
internal sealed class LinearFit
{
    /// <summary>Of a fit at one strength: enough digits to compare coefficients with those of other libraries.</summary>
    public const double Exact = 1e-11;

    /// <summary>Of each fit along a path: far below what rows left out can tell.</summary>
    public const double AlongPath = 1e-8;

    private readonly LinearTarget _target;
    private readonly LinearSolver? _solver;
    private readonly double[] _found;
    private readonly double _l1Ratio;

    /// <param name="target">What to minimise.</param>
    /// <param name="l1Ratio">Share of the absolute penalty.</param>
    /// <param name="tolerance"><see cref="Exact"/> or <see cref="AlongPath"/>.</param>
    /// <param name="team">The threads that help.</param>
    /// <param name="cancellation">Ends it.</param>
    public LinearFit(LinearTarget target, double l1Ratio, double tolerance, Team team, CancellationToken cancellation)
    {
        (_target, _l1Ratio, _found) = (target, l1Ratio, target.Start());
        if (target.Problem is { } problem)
        {
            (problem.Team, problem.Cancellation) = (team, cancellation);
            _solver = new LinearSolver(problem, tolerance);
            var margins = new double[problem.MarginCount];
            problem.Margins(_found, margins);
            Loss = Constant = problem.Loss(margins, new double[margins.Length]);
        }
    }

    /// <summary>Whether there is nothing to learn: all rows have the same label.</summary>
    public bool IsConstant => _solver is null;

    /// <summary>The loss of the constant.</summary>
    public double Constant { get; }

    /// <summary>The loss of the weights so far.</summary>
    public double Loss { get; private set; }

    /// <summary>The weights so far: [outputs x (width + 1)], row-major, the intercept of each output last.</summary>
    public double[] Weights() => _target.Finish(_found);

    /// <summary>Goes to the minimiser for a strength.</summary>
    public void Minimise(double strength, CancellationToken cancellation)
    {
        if (_target.Problem is { } problem)
        {
            problem.Cancellation = cancellation;
            Loss = _solver!.Minimise(new ElasticNet(strength * _l1Ratio, strength * (1 - _l1Ratio), problem.Stride), _found);
        }
    }
}
