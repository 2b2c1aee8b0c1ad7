namespace TuneLab.Learners.Linear;

/// <summary>The log loss of one of several classes, every class with weights of its own (the symmetric form of Friedman et al. 2010).</summary>
internal sealed class SoftmaxLoss : LinearLoss
{
    public override double Value(ReadOnlySpan<double> margins, double target)
    {
        var top = Largest(margins);
        double sum = 0;
        foreach (var margin in margins)
        {
            sum += Math.Exp(margin - top);
        }

        return top + Math.Log(sum) - margins[(int)target];
    }

    public override void Slopes(ReadOnlySpan<double> margins, double target, Span<double> slopes)
    {
        margins.CopyTo(slopes);
        Predict(slopes);
        slopes[(int)target] -= 1;
    }

    public override void Curvature(ReadOnlySpan<double> margins, Span<double> curvature)
    {
        var outputs = margins.Length;
        var probabilities = curvature[..outputs];
        margins.CopyTo(probabilities);
        Predict(probabilities);

        // the probabilities lie in the first row: filled from the end, each is read before it is overwritten
        for (var k = outputs - 1; k >= 0; k--)
        {
            for (var l = outputs - 1; l >= 0; l--)
            {
                curvature[(k * outputs) + l] = (k == l ? curvature[k] : 0) - (curvature[k] * curvature[l]);
            }
        }
    }

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
