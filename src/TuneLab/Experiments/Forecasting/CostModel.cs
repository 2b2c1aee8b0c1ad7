using MathNet.Numerics.LinearAlgebra;
using TuneLab.Randomness;
using TuneLab.Storage;

namespace TuneLab.Experiments.Forecasting;

/// <summary>
/// What a whole fold of one trainer takes: the logarithm of its seconds is linear in the logarithms of the fractions of rows and rounds and in the coordinates of the hyperparameters (<see cref="CostAxes"/>), with a Gaussian prior that is
/// nearly what work units say (as the rows to the power 0.9, as the rounds; nothing of the hyperparameters), so that five trials are enough to begin with: Bayesian linear regression with a known error (Bishop 2006, section 3.3).
/// <para>Features, outputs, threads and the machine are the same for all trials of an experiment, so they are in the constant. What the first seconds of a process take longer, because nothing is compiled yet, has a coordinate of its own.</para>
/// </summary>
internal sealed class CostModel
{
    // a trial's mean over its folds, in logarithms: how far it lies from a linear function of its hyperparameters, load of the machine included
    private const double Error = 0.4;
    private const double CompileSeconds = 3;
    private const int Fixed = 4;
    private static readonly double[] PriorMean = [double.NaN, 0.9, 1, 0.9];
    private static readonly double[] PriorDeviation = [1.5, 0.2, 0.15, 0.4];
    private const double AxisDeviation = 0.9;

    private readonly CostAxes _axes;
    private readonly Vector<double> _mean;
    private readonly Matrix<double> _root;

    /// <summary>Fits it.</summary>
    /// <param name="axes">The trainer's searched hyperparameters.</param>
    /// <param name="costs">Its trials; those without a whole fold are left out.</param>
    /// <param name="usual">What a fold takes on all rows where the trainer has no trial yet: the logarithm of seconds.</param>
    public CostModel(CostAxes axes, IEnumerable<TrialCost> costs, double usual)
    {
        _axes = axes;
        TrialCost[] measured = [.. costs.Where(c => c.IsMeasured)];
        var size = Fixed + axes.Count;
        var precision = Matrix<double>.Build.Dense(size, size);
        var target = Vector<double>.Build.Dense(size);
        for (var i = 0; i < size; i++)
        {
            var (mean, deviation) = i == 0 ? (usual, PriorDeviation[0]) : i < Fixed ? (PriorMean[i], PriorDeviation[i]) : (0, AxisDeviation);
            precision[i, i] = 1 / (deviation * deviation);
            target[i] = mean * precision[i, i];
        }

        foreach (var cost in measured)
        {
            var x = Vector<double>.Build.Dense(Coordinates(axes.Of(cost.Trial.Configuration), cost.Trial.Rows, cost.Trial.RoundFraction, Math.Exp(-cost.Trial.StartedSeconds / CompileSeconds)));
            precision += x.OuterProduct(x) / (Error * Error);
            target += x * (Math.Log(cost.FoldSeconds) / (Error * Error));
        }

        var cholesky = precision.Cholesky();
        _mean = cholesky.Solve(target);
        _root = cholesky.Factor.Transpose().Inverse(); // covariance = root times its transpose
        Trials = measured.Length;
    }

    /// <summary>How many trials it is fitted on.</summary>
    public int Trials { get; }

    /// <summary>How many coordinates a configuration has.</summary>
    public int Axes => _axes.Count;

    /// <summary>[coordinates] where a configuration lies.</summary>
    public double[] PointOf(TrialCost cost) => _axes.Of(cost.Trial.Configuration);

    /// <summary>How much longer its folds took than the model says, in logarithms; 0 where it was not measured.</summary>
    public double Excess(TrialCost cost)
        => cost.IsMeasured ? Math.Log(cost.FoldSeconds) - Dot(_mean, Coordinates(PointOf(cost), cost.Trial.Rows, cost.Trial.RoundFraction, Math.Exp(-cost.Trial.StartedSeconds / CompileSeconds))) : 0;

    /// <summary>Seconds of a whole fold, the median.</summary>
    public double Seconds(double[] point, Fidelity fidelity) => Math.Exp(Dot(_mean, Coordinates(point, fidelity.Rows, fidelity.Rounds, 0)));

    /// <summary>A model that may as well be the right one: a function from a point and a fidelity to the logarithm of seconds, drawn from what is left open.</summary>
    public Func<double[], Fidelity, double> Draw(SeededRandom random)
    {
        var drawn = _mean + (_root * Vector<double>.Build.Dense(_mean.Count, _ => random.NextNormal()));
        return (point, fidelity) => Dot(drawn, Coordinates(point, fidelity.Rows, fidelity.Rounds, 0));
    }

    private static double Dot(Vector<double> weights, double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += weights[i] * x[i];
        }

        return sum;
    }

    private static double[] Coordinates(double[] point, double rows, double rounds, double cold) => [1, Math.Log(rows), Math.Log(rounds), cold, .. point];
}
