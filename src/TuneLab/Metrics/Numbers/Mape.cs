namespace TuneLab.Metrics;

/// <summary>The weighted mean of the absolute error as a fraction of the true value (0.1 is ten percent). A true value of 0 counts as 2.2e-16, as in scikit-learn: choose another metric where zeros occur.</summary>
internal sealed class Mape : ErrorMetric
{
    public override string Id => "mape";

    protected override double Loss(double truth, double prediction) => Math.Abs(truth - prediction) / Math.Max(Math.Abs(truth), 2.220446049250313e-16);
}
