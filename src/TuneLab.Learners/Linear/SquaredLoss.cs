namespace TuneLab.Learners.Linear;

/// <summary>Half the squared error.</summary>
internal sealed class SquaredLoss : LinearLoss
{
    public override bool IsQuadratic => true;

    public override double Value(ReadOnlySpan<double> margins, double target, Span<double> slopes)
    {
        slopes[0] = margins[0] - target;
        return slopes[0] * slopes[0] / 2;
    }

    public override double Curvature(ReadOnlySpan<double> predictions, int output, int other) => 1;

    public override void Predict(Span<double> margins)
    {
    }
}
