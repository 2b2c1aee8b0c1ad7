namespace TuneLab.Benchmarks.Learners;

/// <summary>Sides whose times are compared.</summary>
/// <param name="Name">The hyperparameters that vary.</param>
/// <param name="Sides">Ours, ours with bins shared, then the peers.</param>
/// <param name="Tables">The tables.</param>
internal sealed record TimedCase(string Name, IReadOnlyList<ILearner> Sides, IReadOnlyList<BenchTable> Tables);
