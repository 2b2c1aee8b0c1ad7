namespace TuneLab.Metrics;

/// <summary>Correlation of true and predicted label (Matthews 1975); 0 when either has one class only.</summary>
internal sealed class Mcc : ConfusionMetric
{
    public override string Id => "mcc";

    public override (double Low, double High) Range => (-1, 1);

    protected override double Compute(Confusion confusion)
    {
        var spread = Math.Sqrt(confusion.True[0]) * Math.Sqrt(confusion.True[1]) * Math.Sqrt(confusion.Predicted[0]) * Math.Sqrt(confusion.Predicted[1]);
        var agreement = confusion.Right(0) * confusion.Right(1) - confusion[0, 1] * confusion[1, 0];
        return spread > 0 ? Math.Clamp(agreement / spread, -1, 1) : 0;
    }
}
