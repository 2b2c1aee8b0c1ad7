namespace TuneLab.Metrics;

/// <summary>
/// Root of the weighted mean squared difference of ln(1 + value): relative errors count. Predictions below 0 count as 0, since a model may give them; it is not defined
/// where a true value is below 0.
/// </summary>
internal sealed class Rmsle : ErrorMetric
{
    public override string Id => "rmsle";

    public override string? Objection(double[] truth) => truth.Count(t => t < 0) is > 0 and var below
        ? $"{below} rows have a label below 0 (the lowest is {truth.Min().ToString("R", CultureInfo.InvariantCulture)}), and rmsle needs labels of at least 0" : null;

    protected override double Loss(double truth, double prediction)
    {
        var difference = truth < 0 ? double.NaN : LogOnePlus(truth) - LogOnePlus(Math.Max(prediction, 0));
        return difference * difference;
    }

    protected override double FromMean(double mean) => Math.Sqrt(mean);

    // Kahan's form: exact where 1 + x rounds to 1
    private static double LogOnePlus(double x) => 1 + x == 1 ? x : Math.Log(1 + x) * (x / (1 + x - 1));
}
