namespace TuneLab.Benchmarks.Learners;

/// <summary>What predictions took.</summary>
/// <param name="Table">Of all validation rows in one call.</param>
/// <param name="Single">Of one row, the mean over calls for many rows one after the other.</param>
/// <param name="How">The ways that were quickest, where there is a choice.</param>
internal sealed record PredictTimes(Measured Table, Measured Single, string How);
