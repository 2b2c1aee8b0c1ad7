namespace TuneLab.Learners.Linear;

/// <summary>Where the quadratic function that stands for the loss, plus the penalty, has its minimum: made for one strength, learns from each step.</summary>
internal sealed class NewtonDirection
{
    private readonly LinearProblem _problem;
    private readonly ElasticNet _penalty;
    private readonly StepMemory _memory;
    private readonly double[]? _curved; // with an absolute penalty: the Hessian, corrected by the steps
    private readonly Cholesky? _factor; // without: the Hessian plus the penalty's, not corrected

    /// <param name="problem">The loss.</param>
    /// <param name="penalty">The penalty.</param>
    /// <param name="hessian">[size x size] from some earlier point; null: none, for a penalty without absolute part.</param>
    /// <param name="memory">The steps since then.</param>
    public NewtonDirection(LinearProblem problem, ElasticNet penalty, double[]? hessian, StepMemory memory)
    {
        (_problem, _penalty, _memory) = (problem, penalty, memory);
        if (penalty.Absolute > 0)
        {
            _curved = (double[])hessian!.Clone();
            foreach (var (step, change) in memory.Pairs)
            {
                Correct(_curved, step, change);
            }
        }
        else if (hessian is not null)
        {
            var curved = (double[])hessian.Clone();
            for (var j = 0; j < problem.Size; j++)
            {
                curved[(j * problem.Size) + j] += penalty.QuadraticOf(j);
            }

            _factor = Cholesky.Of(curved, problem.Size, problem.Cancellation);
        }
    }

    /// <summary>Whether the length of a step means something: false for the plain slope.</summary>
    public bool IsScaled => _curved is not null || _factor is not null || _memory.Pairs.Count > 0;

    /// <summary>The minimum.</summary>
    /// <param name="weights">[size]: where the quadratic function touches the loss.</param>
    /// <param name="gradient">[size], of the loss there.</param>
    /// <param name="precision">Of the search with an absolute penalty.</param>
    public double[] Goal(double[] weights, double[] gradient, double precision)
    {
        if (_curved is not null)
        {
            return new QuadraticModel(_curved, _penalty, _problem.Cancellation).Minimise(weights, gradient, precision);
        }

        var goal = _memory.Direction(_penalty.Curved(gradient, weights), _penalty, _factor);
        RowMath.AddScaled(goal, weights, 1);
        return goal;
    }

    /// <summary>Takes in a step and what it did to the gradient.</summary>
    public void Learn(double[] step, double[] change)
    {
        if (_memory.Add(step, change) && _curved is not null)
        {
            Correct(_curved, step, change);
        }
    }

    /// <summary>The BFGS formula: afterwards the matrix times the step is the change.</summary>
    private static void Correct(double[] matrix, double[] step, double[] change)
    {
        var size = step.Length;
        var image = new double[size];
        for (var i = 0; i < size; i++)
        {
            image[i] = RowMath.Dot(matrix.AsSpan(i * size, size), step);
        }

        var (curvature, product) = (RowMath.Dot(image, step), RowMath.Dot(change, step));
        if (!(curvature > 0 && product > 0))
        {
            return;
        }

        for (var i = 0; i < size; i++)
        {
            var line = matrix.AsSpan(i * size, size);
            RowMath.AddScaled(line, change, change[i] / product);
            RowMath.AddScaled(line, image, -image[i] / curvature);
        }
    }
}
