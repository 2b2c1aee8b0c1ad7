namespace TuneLab.Learners.Boosting.Objectives;

/// <summary>One raw score of a run of rows, with what its derivatives depend on.</summary>
/// <param name="score">The score's number.</param>
/// <param name="target">[rows].</param>
/// <param name="weights">[rows] above 0; empty: all 1.</param>
/// <param name="scores">[rows]: this score now.</param>
/// <param name="shared">[rows] from <see cref="Objective.Prepare"/>; empty where nothing is shared.</param>
internal readonly ref struct ScoreBlock(int score, ReadOnlySpan<double> target, ReadOnlySpan<double> weights, ReadOnlySpan<double> scores, ReadOnlySpan<double> shared)
{
    public int Score { get; } = score;

    public ReadOnlySpan<double> Target { get; } = target;

    public ReadOnlySpan<double> Weights { get; } = weights;

    public ReadOnlySpan<double> Scores { get; } = scores;

    public ReadOnlySpan<double> Shared { get; } = shared;
}
