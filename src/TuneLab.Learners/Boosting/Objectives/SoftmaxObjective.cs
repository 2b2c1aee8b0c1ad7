namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>
/// Log-loss of several classes; the scores are log-probabilities up to a constant. Derivatives: p - y and, for the diagonal alone,
/// K / (K - 1) p (1 - p), which makes up for the scores' one superfluous dimension (Friedman, Hastie and Tibshirani 2000, section 4.3).
/// </summary>
internal sealed class SoftmaxObjective(int classes) : Objective
{
    private const double LeastHessian = 1e-16;

    public override int Scores => classes;

    public override double[] Initial(double[] target, double[]? weights)
    {
        var shares = new double[classes];
        double all = 0;
        for (var i = 0; i < target.Length; i++)
        {
            shares[(int)target[i]] += weights?[i] ?? 1;
            all += weights?[i] ?? 1;
        }

        return Array.ConvertAll(shares, s => Math.Log(Math.Max(s / all, LogisticObjective.Certain)));
    }

    public override void Derive(double[] target, double[]? weights, double[] scores, double[] gradients, double[] hessians)
    {
        var rows = target.Length;
        var factor = classes / (classes - 1.0);
        Span<double> p = classes <= 256 ? stackalloc double[classes] : new double[classes];
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < classes; k++)
            {
                p[k] = scores[k * rows + i];
            }

            Link(p);
            var weight = weights?[i] ?? 1;
            var label = (int)target[i];
            for (var k = 0; k < classes; k++)
            {
                gradients[k * rows + i] = weight * (k == label ? p[k] - 1 : p[k]);
                hessians[k * rows + i] = weight * Math.Max(factor * p[k] * (1 - p[k]), LeastHessian);
            }
        }
    }

    public override void Link(Span<double> row)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in row)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        foreach (ref var score in row)
        {
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref var score in row)
        {
            score /= sum;
        }
    }
}
