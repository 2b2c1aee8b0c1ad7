namespace TuneLab.Space;

/// <summary>A trainer's space after the plan's edits.</summary>
/// <param name="Space">What is searched.</param>
/// <param name="FixedValues">Hyperparameters that the plan gives one value; they are not searched.</param>
/// <param name="Faults">Everything that is wrong with the edits, in their order; a faulty edit has no effect. Empty: all is well.</param>
public sealed record EditedSpace(SearchSpace Space, IReadOnlyDictionary<string, ParameterValue> FixedValues, IReadOnlyList<string> Faults);
