namespace TuneLab.Analysis.Holdout;

/// <summary>A part of the rows where the model does badly: found on one half of the holdout, measured on the other.</summary>
/// <param name="Where">Its conditions, all of which hold: <c>tenure &lt;= 12</c>, <c>contract is monthly</c>.</param>
/// <param name="Rows">Rows of it in the measuring half.</param>
/// <param name="Loss">Their mean loss, as <see cref="RowLosses"/> has it.</param>
/// <param name="Rest">The mean loss of the others in the measuring half.</param>
/// <param name="P">One-sided p-value of "its loss is no higher than that of the others" (Welch 1947), adjusted for the number of slices (Holm).</param>
public sealed record ErrorSlice(IReadOnlyList<string> Where, int Rows, double Loss, double Rest, double P);
