using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>Something that <see cref="StagedAskTell"/> searches.</summary>
/// <param name="Space">Its hyperparameters.</param>
/// <param name="Start">Its default, tried first: a configuration of the space, whose trainer names the learner. Values that are not in the space are handed on as they are.</param>
public sealed record StagedLearner(SearchSpace Space, Configuration Start);
