namespace TuneLab.Samplers.Gp;

/// <summary>
/// How large the part of the box is that is searched now (TuRBO, Eriksson et al. 2019, Scalable global optimization via local Bayesian optimization): twice as large after three trials in a row
/// that were better than all before, half as large after as many in a row that were not as there are coordinates; when it is too small the search begins again. Replayed from the trials of a pass.
/// </summary>
/// <param name="Length">The side, as a share of the box's where all lengths are equal.</param>
/// <param name="First">How many trials of the pass were before this region.</param>
/// <param name="Restarts">How many regions were before it.</param>
/// <param name="Best">The best trial of this region; null when none has a score.</param>
internal readonly record struct TrustRegion(double Length, int First, int Restarts, BoxTrial? Best)
{
    public const double FirstLength = 0.8;
    private const double MostLength = 1.6;
    private const double LeastLength = 1.0 / 128;
    private const int MostSuccesses = 3;
    private const int LeastFailures = 4;

    /// <summary>What the trials of a pass come to.</summary>
    /// <param name="trials">In their order.</param>
    /// <param name="coordinates">How many there are.</param>
    /// <param name="design">With how many trials a region begins, which are not counted.</param>
    /// <param name="lag">How many trials after a region's last were proposed before that was known.</param>
    public static TrustRegion Of(IEnumerable<BoxTrial> trials, int coordinates, int design, int lag)
    {
        var (length, first, restarts, best) = (FirstLength, 0, 0, (BoxTrial?)null);
        var (count, successes, failures) = (0, 0, 0);
        foreach (var trial in trials)
        {
            if (count++ < first)
            {
                continue;
            }

            var better = trial.Rank == 0 && (best is null || trial.Trial.Loss < best.Trial.Loss);
            best = better ? trial : best;
            if (count - first <= design)
            {
                continue;
            }

            (successes, failures) = better ? (successes + 1, 0) : (0, failures + 1);
            if (successes == MostSuccesses)
            {
                (length, successes) = (Math.Min(2 * length, MostLength), 0);
            }
            else if (failures >= Math.Max(LeastFailures, coordinates))
            {
                (length, failures) = (length / 2, 0);
                if (length < LeastLength)
                {
                    (length, first, restarts, best) = (FirstLength, count + lag, restarts + 1, null);
                }
            }
        }

        return new TrustRegion(length, first, restarts, best);
    }
}
