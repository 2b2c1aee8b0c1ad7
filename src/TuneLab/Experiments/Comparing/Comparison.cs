using TuneLab.Analysis;

namespace TuneLab.Experiments.Comparing;

/// <summary>Two of several things compared on the same rows.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Effect">First minus second, positive when the first is better.</param>
/// <param name="Low">Lower end of the two-sided 95 % interval; NaN where it can't be had.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Two-sided: of "they do not differ"; NaN where it can't be had.</param>
/// <param name="Adjusted">The same adjusted for the number of comparisons (Holm).</param>
/// <param name="Ground">What it was compared on, in words: the test and its rows or folds.</param>
/// <param name="Without">Why there is no test, as a sentence's end; null when there is one.</param>
public sealed record Comparison(string First, string Second, double Effect, double Low, double High, double P, double Adjusted, string Ground, string? Without = null);

/// <summary>What was compared.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Trainer">Its trainer's id.</param>
/// <param name="Score">The score that it is compared by.</param>
/// <param name="Of">What that score is: <c>validation, 5 folds</c>, <c>holdout, 812 rows</c>.</param>
public sealed record Compared(string Name, string Trainer, double Score, string Of);

/// <summary>A comparison of several trials, trainers or experiments.</summary>
/// <param name="Metric">The metric's id.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Things">Best first.</param>
/// <param name="Pairs">Each better one against each worse one, in that order; empty across tables.</param>
/// <param name="Tables">Across tables: the trainers' ranks; null otherwise.</param>
/// <param name="Notes">What to keep in mind, in sentences.</param>
public sealed record ComparisonResult(string Metric, bool HigherIsBetter, IReadOnlyList<Compared> Things, IReadOnlyList<Comparison> Pairs, TableRanks? Tables, IReadOnlyList<string> Notes);

/// <summary>How trainers rank across tables.</summary>
/// <param name="Trainers">[trainers] those that every experiment has, best mean rank first.</param>
/// <param name="Experiments">[tables] their names.</param>
/// <param name="Scores">[tables][trainers] best validation scores.</param>
/// <param name="Test">Friedman's test with Nemenyi's, its treatments in the order of <paramref name="Trainers"/>; null for fewer tables than it takes.</param>
/// <param name="Anova">The same by the scores themselves; null where there is none to be had.</param>
public sealed record TableRanks(IReadOnlyList<string> Trainers, IReadOnlyList<string> Experiments, IReadOnlyList<IReadOnlyList<double>> Scores, Friedman? Test, Anova? Anova);
