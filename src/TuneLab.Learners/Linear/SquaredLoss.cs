namespace TuneLab.Learners.Linear;

/// <summary>Half the squared error.</summary>
internal sealed class SquaredLoss : LinearLoss
{
    public override bool IsQuadratic => true;

    public override double Value(ReadOnlySpan<double> margins, double target) => (margins[0] - target) * (margins[0] - target) / 2;

    public override void Slopes(ReadOnlySpan<double> margins, double target, Span<double> slopes) => slopes[0] = margins[0] - target;

    public override void Curvature(ReadOnlySpan<double> margins, Span<double> curvature) => curvature[0] = 1;

    public override void Predict(Span<double> margins)
    {
    }
}
