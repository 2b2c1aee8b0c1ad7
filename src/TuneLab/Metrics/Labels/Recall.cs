namespace TuneLab.Metrics;

/// <summary>The share of positive rows that are labelled so; 0 when there are none.</summary>
internal sealed class Recall : ConfusionMetric
{
    public override string Id => "recall";

    protected override double Compute(Confusion confusion) => confusion.True[1] > 0 ? confusion.Recall(1) : 0;
}
