namespace TuneLab.Metrics;

/// <summary>The weighted mean absolute error, in the unit of the label.</summary>
internal sealed class Mae : ErrorMetric
{
    public override string Id => "mae";

    protected override double Loss(double truth, double prediction) => Math.Abs(truth - prediction);
}
