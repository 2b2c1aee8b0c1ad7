namespace TuneLab.Learners.Boosting;

/// <summary>How far a tree may grow.</summary>
/// <param name="Leaves">The most leaves, at least 2.</param>
/// <param name="Depth">The most splits on a path; 0: any number.</param>
/// <param name="RandomSplits">One random boundary per feature is tried instead of all (Geurts et al. 2006).</param>
internal sealed record GrowthLimits(int Leaves, int Depth, bool RandomSplits);
