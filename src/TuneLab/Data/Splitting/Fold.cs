namespace TuneLab.Data.Splitting;

/// <summary>One partition of rows into those to fit on and those to score on. The arrays are ascending, disjoint and must not be written.</summary>
/// <param name="Repeat">Which repetition it belongs to, from 0: another repeat draws other folds.</param>
/// <param name="Index">Which fold of the repetition, from 0.</param>
/// <param name="Train">Row indexes to fit on, ascending; a bootstrap draw holds a row as often as it was drawn, which counts as a weight.</param>
/// <param name="Valid">Row indexes to score on, ascending and distinct.</param>
public sealed record Fold(int Repeat, int Index, int[] Train, int[] Valid);
