namespace TuneLab.Analysis.LearningCurves;

/// <summary>A measured point of a learning curve.</summary>
/// <param name="Size">How much was learned from: rows, or rounds; above 0.</param>
/// <param name="Score">The mean score over the folds, in the objective's unit.</param>
/// <param name="Error">Its standard error in the same unit, at least 0: how far it would stray with another sample of that size and the same folds. What folds differ by at every size is no part of it (<see cref="FoldScores.Points"/>).</param>
public sealed record LearningPoint(double Size, double Score, double Error);
