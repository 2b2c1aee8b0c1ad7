namespace TuneLab.Metrics;

/// <summary>Root of the weighted mean squared error, in the unit of the label.</summary>
internal sealed class Rmse : ErrorMetric
{
    public override string Id => "rmse";

    protected override double Loss(double truth, double prediction) => (truth - prediction) * (truth - prediction);

    protected override double FromMean(double mean) => Math.Sqrt(mean);
}
