namespace TuneLab.Learners.Linear;

/// <summary>The log loss of a binary label whose log odds are the margin.</summary>
internal sealed class LogisticLoss : LinearLoss
{
    public override double Value(ReadOnlySpan<double> margins, double target)
    {
        var wrong = target > 0 ? -margins[0] : margins[0];
        return Math.Max(wrong, 0) + double.LogP1(Math.Exp(-Math.Abs(wrong)));
    }

    public override void Slopes(ReadOnlySpan<double> margins, double target, Span<double> slopes) => slopes[0] = Probability(margins[0]) - target;

    public override void Curvature(ReadOnlySpan<double> margins, Span<double> curvature)
    {
        var probability = Probability(-Math.Abs(margins[0])); // the smaller of the two: 1 - it loses nothing
        curvature[0] = probability * (1 - probability);
    }

    public override void Predict(Span<double> margins) => margins[0] = Probability(margins[0]);

    private static double Probability(double margin)
    {
        var small = Math.Exp(-Math.Abs(margin));
        return margin >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}
