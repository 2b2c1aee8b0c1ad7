using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>A smaller hypercube, and why it is as it is.</summary>
/// <param name="Box">The new one.</param>
/// <param name="Notes">One sentence per changed parameter, with real values.</param>
public sealed record ShrinkResult(Hypercube Box, IReadOnlyList<string> Notes);
