namespace TuneLab.Samplers;

/// <summary>A proposal that was tried.</summary>
/// <param name="Proposal">What was tried.</param>
/// <param name="Score">What came out, as it was told.</param>
public sealed record ScoredProposal(Proposal Proposal, double Score);
