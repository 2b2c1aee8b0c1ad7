namespace TuneLab.Learners.Linear;

/// <summary>The log loss of a binary label whose log odds are the margin.</summary>
internal sealed class LogisticLoss : LinearLoss
{
    public override double Value(ReadOnlySpan<double> margins, double target, Span<double> slopes)
    {
        var small = Math.Exp(-Math.Abs(margins[0]));
        slopes[0] = (margins[0] >= 0 ? 1 / (1 + small) : small / (1 + small)) - target;
        return Math.Max(target > 0 ? -margins[0] : margins[0], 0) + double.LogP1(small);
    }

    public override double Curvature(ReadOnlySpan<double> predictions, int output, int other) => predictions[0] * (1 - predictions[0]);

    public override void Predict(Span<double> margins) => margins[0] = Probability(margins[0]);

    private static double Probability(double margin)
    {
        var small = Math.Exp(-Math.Abs(margin));
        return margin >= 0 ? 1 / (1 + small) : small / (1 + small);
    }
}
