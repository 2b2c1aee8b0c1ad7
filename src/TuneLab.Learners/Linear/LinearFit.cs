namespace TuneLab.Learners.Linear;

/// <summary>From one strength to the next: the minimiser of each starts at the one before. Used by one thread at a time.</summary>
internal sealed class LinearFit
{
    /// <summary>How far above the minimum a fit at one strength may end: enough digits to compare coefficients with those of other libraries.</summary>
    private const double Exact = 1e-13;

    /// <summary>How far each fit along a path may: far below what rows left out can tell.</summary>
    private const double AlongPath = 1e-8;

    private const double FirstStop = 0.1;

    private readonly LinearTarget _target;
    private readonly LinearSolver? _solver;
    private double[] _found;
    private readonly double _l1Ratio;

    /// <param name="target">What to minimise.</param>
    /// <param name="l1Ratio">Share of the absolute penalty.</param>
    /// <param name="team">The threads that help.</param>
    /// <param name="cancellation">Ends it.</param>
    public LinearFit(LinearTarget target, double l1Ratio, Team team, CancellationToken cancellation)
    {
        (_target, _l1Ratio, _found) = (target, l1Ratio, target.Start());
        if (target.Problem is { } problem)
        {
            (problem.Team, problem.Cancellation) = (team, cancellation);
            _solver = new LinearSolver(problem);
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

    /// <summary>Goes to the minimiser for the next strength of a path.</summary>
    public void Follow(double strength, CancellationToken cancellation) => Minimise(strength, AlongPath, cancellation);

    /// <summary>
    /// Goes to the minimiser for the only strength. With an absolute penalty by way of stronger ones, a decade each: finding out which weights are not zero takes longer than the steps.
    /// </summary>
    public void Reach(double strength, CancellationToken cancellation)
    {
        for (var stronger = FirstStop; _l1Ratio > 0 && stronger > 2 * strength; stronger /= 10)
        {
            Minimise(stronger, AlongPath, cancellation);
        }

        Minimise(strength, Exact, cancellation);
    }

    /// <summary>Writes where the fit stands.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Loss);
        RowMath.Write(writer, _found);
        _solver?.Save(writer);
    }

    /// <summary>Goes to where <see cref="Save"/> was called, for a fit that has just been made.</summary>
    public void Restore(BinaryReader reader)
    {
        Loss = reader.ReadDouble();
        _found = RowMath.Read(reader, _found.Length);
        _solver?.Restore(reader);
    }

    private void Minimise(double strength, double tolerance, CancellationToken cancellation)
    {
        if (_target.Problem is { } problem)
        {
            problem.Cancellation = cancellation;
            Loss = _solver!.Minimise(new ElasticNet(strength * _l1Ratio, strength * (1 - _l1Ratio), problem.Stride), _found, tolerance);
        }
    }
}
