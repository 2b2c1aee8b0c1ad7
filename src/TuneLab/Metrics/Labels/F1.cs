namespace TuneLab.Metrics;

/// <summary>Harmonic mean of precision and recall of the positive class; 0 when no positive is found or there is none.</summary>
internal sealed class F1 : ConfusionMetric
{
    public override string Id => "f1";

    protected override double Compute(Confusion confusion) => confusion.Right(1) > 0 ? confusion.F1(1) : 0;
}
