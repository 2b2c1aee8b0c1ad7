namespace TuneLab.Scheduling.Background;

/// <summary>A further generation of an experiment that has come to its end.</summary>
/// <param name="Number">From 2: the experiment itself is the first.</param>
/// <param name="Name">The name of its experiment.</param>
/// <param name="Gain">By how much its winner beat the best before it on the holdout, in standard deviations of a fold's score; 0 where it failed or was no better.</param>
/// <param name="IsBetter">Whether it was better beyond doubt: its verdict is <c>supported</c>.</param>
/// <param name="Hours">What it took.</param>
/// <param name="Experiment">Its experiment; null where it came to none.</param>
/// <param name="Failure">Why it failed; null where it has an answer.</param>
public sealed record Generation(int Number, string Name, double Gain, bool IsBetter, double Hours, long? Experiment = null, string? Failure = null);
