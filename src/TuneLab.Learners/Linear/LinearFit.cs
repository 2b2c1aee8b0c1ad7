using TuneLab.Data;
using TuneLab.Training;

namespace TuneLab.Learners.Linear;

/// <summary>From rows of a design to weights.</summary>
/// <param name="fold">Task and outputs.</param>
/// <param name="data">The rows to fit on.</param>
/// <param name="options">The hyperparameters.</param>
/// <param name="matrix">The design of all rows.</param>
internal sealed class LinearFit(PreparedFold fold, TrainingData data, LinearOptions options, DesignMatrix matrix)
{
    private readonly int _stride = matrix.Width + 1;

    /// <summary>The minimiser.</summary>
    /// <returns>[outputs x (width + 1)], row-major, the intercept of each output last.</returns>
    public double[] Weights(CancellationToken cancellation) => fold.Task switch
    {
        LearningTask.Binary => Binary(cancellation),
        LearningTask.Multiclass => Multiclass(cancellation),
        _ => Regression(cancellation),
    };

    private double[] Regression(CancellationToken cancellation)
    {
        var shares = Shares();
        double mean = 0, square = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            mean += shares[i] * data.Target[i];
        }

        for (var i = 0; i < shares.Length; i++)
        {
            square += shares[i] * (data.Target[i] - mean) * (data.Target[i] - mean);
        }

        var found = new double[_stride];
        var deviation = Math.Sqrt(square);
        if (deviation > 1e-12 * Math.Abs(mean))
        {
            // in units of the label's deviation a strength means the same for every table
            Minimise(new LinearProblem(matrix, data.Rows, Array.ConvertAll(data.Target, t => (t - mean) / deviation), shares, 1, new SquaredLoss()), found, cancellation);
            for (var j = 0; j < found.Length; j++)
            {
                found[j] *= deviation;
            }
        }

        found[^1] += mean;
        return found;
    }

    private double[] Binary(CancellationToken cancellation)
    {
        var totals = ClassTotals(2);
        var shares = Shares(totals);
        var found = new double[_stride];
        if (totals[0] == 0 || totals[1] == 0)
        {
            found[^1] = totals[0] == 0 ? -Unseen(totals) : Unseen(totals);
            return found;
        }

        found[^1] = options.Balanced ? 0 : Math.Log(totals[1] / totals[0]);
        Minimise(new LinearProblem(matrix, data.Rows, data.Target, shares, 1, new LogisticLoss()), found, cancellation);
        return found;
    }

    private double[] Multiclass(CancellationToken cancellation)
    {
        // a class without rows would drive its intercept to minus infinity: it takes no part
        var totals = ClassTotals(fold.Outputs);
        int[] present = [.. Enumerable.Range(0, totals.Length).Where(k => totals[k] > 0)];
        var place = Array.ConvertAll(totals, _ => -1);
        var found = new double[present.Length * _stride];
        for (var p = 0; p < present.Length; p++)
        {
            place[present[p]] = p;
            found[((p + 1) * _stride) - 1] = options.Balanced ? 0 : Math.Log(totals[present[p]]);
        }

        if (present.Length > 1)
        {
            var target = Array.ConvertAll(data.Target, t => (double)place[(int)t]);
            Minimise(new LinearProblem(matrix, data.Rows, target, Shares(totals), present.Length, new SoftmaxLoss()), found, cancellation);
        }

        return Spread(found, place, totals);
    }

    /// <summary>Weights of all classes from those of the ones that occur, whose intercepts are moved to mean 0: only their differences count.</summary>
    private double[] Spread(double[] found, int[] place, double[] totals)
    {
        var all = new double[place.Length * _stride];
        var present = found.Length / _stride;
        var mean = Enumerable.Range(1, present).Average(p => found[(p * _stride) - 1]);
        for (var k = 0; k < place.Length; k++)
        {
            var weights = all.AsSpan(k * _stride, _stride);
            if (place[k] >= 0)
            {
                found.AsSpan(place[k] * _stride, _stride).CopyTo(weights);
                weights[^1] -= mean;
            }
            else
            {
                weights[^1] = Unseen(totals);
            }
        }

        return all;
    }

    private void Minimise(LinearProblem problem, double[] weights, CancellationToken cancellation)
        => LinearSolver.Minimise(problem, new ElasticNet(options.Strength * options.L1Ratio, options.Strength * (1 - options.L1Ratio), _stride), weights, cancellation);

    private double[] ClassTotals(int classes)
    {
        var totals = new double[classes];
        for (var i = 0; i < data.Rows.Length; i++)
        {
            totals[(int)data.Target[i]] += Weight(i);
        }

        return totals;
    }

    /// <summary>What each row counts in the mean loss, summing to 1; balanced classes count the same in all.</summary>
    private double[] Shares(double[]? classTotals = null)
    {
        var shares = new double[data.Rows.Length];
        double total = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = options.Balanced && classTotals is not null ? Weight(i) / classTotals[(int)data.Target[i]] : Weight(i);
            total += shares[i];
        }

        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] /= total;
        }

        return shares;
    }

    private double Weight(int i) => data.Weights?[i] ?? 1;

    /// <summary>The log odds of a class that none of the rows is: as if half a row were.</summary>
    private static double Unseen(double[] totals) => Math.Log(0.5 / Math.Max(totals.Sum(), 1));
}
