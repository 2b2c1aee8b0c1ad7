using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>What is to be tried next.</summary>
/// <param name="Number">Its number, from 0 without gaps: what <see cref="AskTell.Tell"/> is told about.</param>
/// <param name="Configuration">The values to try.</param>
/// <param name="Point">[dimensions] the same as coordinates of the unit cube.</param>
public sealed record Proposal(int Number, Configuration Configuration, double[] Point);
