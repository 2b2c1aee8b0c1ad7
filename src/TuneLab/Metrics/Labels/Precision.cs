namespace TuneLab.Metrics;

/// <summary>The share of rows labelled positive that are; 0 when no row is labelled positive.</summary>
internal sealed class Precision : ConfusionMetric
{
    public override string Id => "precision";

    protected override double Compute(Confusion confusion) => confusion.Predicted[1] > 0 ? confusion.Right(1) / confusion.Predicted[1] : 0;
}
