namespace TuneLab.Experiments.Studies;

/// <summary>A configuration under small changes.</summary>
/// <param name="Trial">The trial that it comes from.</param>
/// <param name="Trainer">Its trainer.</param>
/// <param name="Score">Its validation score in the search.</param>
/// <param name="SeedScores">[changes] with other splits and other seeds of the trainer.</param>
/// <param name="DataScores">[changes] without a tenth of the rows.</param>
/// <param name="First">In how many of all changes it scores best.</param>
public sealed record PerturbedTrial(int Trial, string Trainer, double Score, IReadOnlyList<double> SeedScores, IReadOnlyList<double> DataScores, int First);

/// <summary>How far scores and ranks move under small changes of seed and data.</summary>
/// <param name="Trials">The winner first, then the next best by validation, and the best default.</param>
/// <param name="Agreement">Kendall's coefficient of concordance W of the ranks over all changes (Kendall and Babington Smith 1939): 1 where every change ranks alike, 0 where ranks are chance; NaN for one trial.</param>
public sealed record Stability(IReadOnlyList<PerturbedTrial> Trials, double Agreement);
