namespace TuneLab.Learners.Linear;

/// <summary>The log loss of one of several classes, every class with weights of its own (the symmetric form of Friedman et al. 2010).</summary>
internal sealed class SoftmaxLoss : LinearLoss
{
    public override double Value(ReadOnlySpan<double> margins, double target, Span<double> slopes)
    {
        var top = Largest(margins);
        double sum = 0;
        for (var k = 0; k < margins.Length; k++)
        {
            slopes[k] = Math.Exp(margins[k] - top);
            sum += slopes[k];
        }

        for (var k = 0; k < slopes.Length; k++)
        {
            slopes[k] /= sum;
        }

        slopes[(int)target] -= 1;
        return top + Math.Log(sum) - margins[(int)target];
    }

    public override double Curvature(ReadOnlySpan<double> predictions, int output, int other)
        => output == other ? predictions[output] * (1 - predictions[output]) : -predictions[output] * predictions[other];

    public override void Predict(Span<double> margins)
    {
        var top = Largest(margins);
        double sum = 0;
        for (var k = 0; k < margins.Length; k++)
        {
            margins[k] = Math.Exp(margins[k] - top);
            sum += margins[k];
        }

        for (var k = 0; k < margins.Length; k++)
        {
            margins[k] /= sum;
        }
    }

    private static double Largest(ReadOnlySpan<double> margins)
    {
        var top = margins[0];
        foreach (var margin in margins)
        {
            top = Math.Max(top, margin);
        }

        return top;
    }
}
