namespace TuneLab.Learners.Linear;

/// <summary>
/// Newton's method for a smooth loss plus a penalty (Lee, Sun and Saunders 2014; the IRLS of Friedman, Hastie and Tibshirani 2010 with the Hessian kept whole), for a row of strengths: a
/// Hessian serves as long as the steps since then, which <see cref="StepMemory"/> turns into a correction of it, close in faster than another Hessian would be computed. Without an
/// absolute part and where a Hessian is not worth its time this is L-BFGS.
/// </summary>
internal sealed class ProximalNewton
{
    /// <summary>The most weights whose Hessian is kept.</summary>
    public const int MostWeights = 1200;

    private const int MaxIterations = 400;

    /// <summary>A Hessian that takes less than this many gradients is computed before the first step.</summary>
    private const double CheapHessian = 20;

    private readonly LinearProblem _problem;
    private readonly StepMemory _memory = new();
    private readonly double[] _margins;
    private readonly double[] _change;
    private readonly double[] _tried;
    private readonly double[] _slopes;
    private readonly double[] _gradient;
    private readonly double _gradientsPerHessian;
    private double[]? _hessian;
    private double[]? _point; // where the Hessian was computed

    /// <param name="problem">The loss.</param>
    public ProximalNewton(LinearProblem problem)
    {
        _problem = problem;
        (_margins, _change, _tried) = (new double[problem.MarginCount], new double[problem.MarginCount], new double[problem.MarginCount]);
        (_slopes, _gradient) = (new double[problem.MarginCount], new double[problem.Size]);
        var (gradient, hessian) = problem.Work();
        _gradientsPerHessian = problem.Size > MostWeights ? double.PositiveInfinity : hessian / gradient;
    }

    private bool HasStaleHessian { get; set; }

    /// <summary>Minimises for one strength, from the weights given.</summary>
    /// <param name="penalty">The penalty.</param>
    /// <param name="weights">[size]: the start; becomes the minimiser.</param>
    /// <param name="tolerance">Ends after the step that promises less; the error left is smaller by the factor with which the steps close in.</param>
    /// <returns>The loss there.</returns>
    public double Minimise(ElasticNet penalty, double[] weights, double tolerance)
    {
        HasStaleHessian = !_problem.IsQuadratic;
        if (_hessian is null && (penalty.Absolute > 0 || _gradientsPerHessian <= CheapHessian))
        {
            Renew(weights);
        }

        _problem.Margins(weights, _margins);
        var loss = _problem.Loss(_margins, _slopes);
        _problem.Gradient(_slopes, _gradient);
        var direction = new NewtonDirection(_problem, penalty, _hessian, _memory);
        var progress = new StepProgress(tolerance);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var goal = direction.Goal(weights, _gradient, progress.Precision);
            var promised = Promise(penalty, weights, goal);
            progress.Add(-promised);
            var slow = !(promised < 0) || progress.Remaining > _gradientsPerHessian + 2;
            if (slow && HasStaleHessian && _gradientsPerHessian < double.PositiveInfinity && promised < -tolerance)
            {
                Renew(weights);
                direction = new NewtonDirection(_problem, penalty, _hessian, _memory);
                progress.Restart();
                goal = direction.Goal(weights, _gradient, progress.Precision);
                promised = Promise(penalty, weights, goal);
                progress.Add(-promised);
            }

            if (!(promised < 0))
            {
                break;
            }

            var step = Difference(goal, weights);
            var (length, reached) = Search(penalty, weights, goal, step, promised, loss, direction.IsScaled ? 1 : 1 / Math.Sqrt(RowMath.Dot(step, step)));
            if (length == 0)
            {
                if (_memory.Pairs.Count == 0)
                {
                    break;
                }

                // what is remembered leads nowhere: once more without
                _memory.Clear();
                direction = new NewtonDirection(_problem, penalty, _hessian, _memory);
                progress.Restart();
                continue;
            }

            loss = reached;
            if (progress.IsDone(exact: _hessian is not null && !HasStaleHessian, known: _hessian is not null))
            {
                break;
            }

            double[] before = [.. _gradient];
            _problem.Gradient(_slopes, _gradient);
            HasStaleHessian = !_problem.IsQuadratic;
            if (!_problem.IsQuadratic || _hessian is null)
            {
                for (var j = 0; j < step.Length; j++)
                {
                    step[j] *= length;
                }

                direction.Learn(step, Difference(_gradient, before));
            }
        }

        return loss;
    }

    /// <summary>Writes what the next strength starts from beside the weights: not the Hessian, but where it was computed.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_point is not null);
        RowMath.Write(writer, _point ?? []);
        _memory.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Restore(BinaryReader reader)
    {
        if (reader.ReadBoolean())
        {
            ComputeHessian(RowMath.Read(reader, _problem.Size));
        }

        _memory.Restore(reader, _problem.Size);
    }

    private void Renew(double[] weights)
    {
        ComputeHessian([.. weights]);
        _memory.Clear();
        HasStaleHessian = false;
    }

    // from the weights alone, so that a resumed run finds the same bits
    private void ComputeHessian(double[] point)
    {
        _hessian ??= new double[_problem.Size * _problem.Size];
        _point = point;
        _problem.Margins(point, _tried);
        _problem.Hessian(_tried, _hessian);
    }

    private double Promise(ElasticNet penalty, double[] weights, double[] goal)
    {
        var promised = penalty.Value(goal) - penalty.Value(weights);
        for (var j = 0; j < goal.Length; j++)
        {
            promised += _gradient[j] * (goal[j] - weights[j]);
        }

        return promised;
    }

    /// <summary>Halves the step until it keeps a part of what it promises; then moves weights, margins and slopes.</summary>
    /// <returns>The share of the step that was taken, 0 for none, and the loss there.</returns>
    private (double Length, double Loss) Search(ElasticNet penalty, double[] weights, double[] goal, double[] step, double promised, double loss, double length)
    {
        _problem.Margins(step, _change);
        var value = loss + penalty.Value(weights);
        var moved = new double[weights.Length];
        for (var halvings = 0; halvings < 40; halvings++, length /= 2)
        {
            for (var i = 0; i < _tried.Length; i++)
            {
                _tried[i] = _margins[i] + (length * _change[i]);
            }

            for (var j = 0; j < moved.Length; j++)
            {
                moved[j] = length == 1 ? goal[j] : weights[j] + (length * step[j]);
            }

            var reached = _problem.Loss(_tried, _slopes);
            if (reached + penalty.Value(moved) <= value + (1e-4 * length * promised) + (1e-15 * Math.Abs(value)))
            {
                moved.CopyTo(weights, 0);
                _tried.CopyTo(_margins, 0);
                return (length, reached);
            }
        }

        _problem.Loss(_margins, _slopes);
        return (0, loss);
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
}
