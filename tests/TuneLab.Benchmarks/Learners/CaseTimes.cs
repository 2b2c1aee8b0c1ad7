namespace TuneLab.Benchmarks.Learners;

/// <summary>What the sides of one case took on one table.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Case">The hyperparameters that vary.</param>
/// <param name="Threads">How many threads each side had.</param>
/// <param name="ValidRows">How many rows a table's prediction had.</param>
/// <param name="Fits">[sides]: one for each repeat.</param>
/// <param name="Predictions">[sides]: one for each repeat.</param>
internal sealed record CaseTimes(string Table, string Case, int Threads, int ValidRows, List<Measured>[] Fits, List<PredictTimes>[] Predictions)
{
    /// <summary>The median over the repeats of one side's figure.</summary>
    public double Fit(int side, Func<Measured, double> figure) => Statistics.Median(Fits[side].Select(figure));

    /// <summary>The median over the repeats of one side's seconds.</summary>
    public double Predict(int side, Func<PredictTimes, Measured> part) => Statistics.Median(Predictions[side].Select(p => part(p).Seconds));

    /// <summary>One side's median over another's.</summary>
    public double FitRatio(int side, int peer, Func<Measured, double> figure) => Fit(side, figure) / Fit(peer, figure);

    /// <summary>Our median over a peer's.</summary>
    public double PredictRatio(int peer, Func<PredictTimes, Measured> part) => Predict(0, part) / Predict(peer, part);
}
