using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>A finished trial as the analysis sees it.</summary>
/// <param name="Configuration">What was tried.</param>
/// <param name="Score">The objective in its own unit, whichever direction is better; one that is NaN or infinite is left out.</param>
public sealed record ScoredConfiguration(Configuration Configuration, double Score);
