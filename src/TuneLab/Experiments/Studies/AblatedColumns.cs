namespace TuneLab.Experiments.Studies;

/// <summary>What the winner's configuration scores when it is trained without some columns.</summary>
/// <param name="Columns">The columns left out, one or a group that says nearly the same.</param>
/// <param name="Effect">How much better it is with them, over the folds of the search; below 0 it is better without.</param>
/// <param name="Low">Lower end of the 95 % interval (corrected resampled t-test).</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Two-sided p-value of "they make no difference", adjusted for the number of groups (Holm).</param>
public sealed record AblatedColumns(IReadOnlyList<string> Columns, double Effect, double Low, double High, double P);
