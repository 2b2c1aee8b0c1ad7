namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>What is known of a leaf when its step is taken.</summary>
/// <param name="Gradient">The sum of its rows' first derivatives.</param>
/// <param name="Hessian">The sum of their second derivatives, at least 0.</param>
/// <param name="Share">How much of the tree's rows it holds, each counted as often as it weighs where all weights are whole; above 0, below 1.</param>
/// <param name="Dispersion">As <see cref="Training.TrainingData.Dispersion"/>.</param>
internal readonly record struct LeafSums(double Gradient, double Hessian, double Share, double Dispersion);
