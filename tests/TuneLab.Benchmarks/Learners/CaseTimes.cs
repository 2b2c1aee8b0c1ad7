namespace TuneLab.Benchmarks.Learners;

/// <summary>What one case took each side.</summary>
/// <param name="Settings">The case.</param>
/// <param name="Fits">[sides]: one for each repeat.</param>
/// <param name="Predictions">[sides]: one for each repeat.</param>
internal sealed record CaseTimes(BoostingCase Settings, List<Measured>[] Fits, List<PredictTimes>[] Predictions)
{
    /// <summary>The median over the repeats of one side's figure.</summary>
    public double Fit(int side, Func<Measured, double> figure) => Statistics.Median(Fits[side].Select(figure));

    /// <summary>The median over the repeats of one side's figure.</summary>
    public double Predict(int side, Func<PredictTimes, double> figure) => Statistics.Median(Predictions[side].Select(figure));
}
