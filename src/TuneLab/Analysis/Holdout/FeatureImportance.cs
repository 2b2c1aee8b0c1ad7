namespace TuneLab.Analysis.Holdout;

/// <summary>What a model loses on the holdout when it can't go by some columns.</summary>
/// <param name="Columns">The columns, one or a group that says nearly the same.</param>
/// <param name="Effect">How much worse the objective becomes, on average, when their values are shuffled together over the rows; about 0 where the model does not use them.</param>
/// <param name="Low">Lower end of the 95 % interval over rows and shuffles.</param>
/// <param name="High">Upper end.</param>
public sealed record FeatureImportance(IReadOnlyList<string> Columns, double Effect, double Low, double High);
