namespace TuneLab.Experiments.Running;

/// <summary>At which round counts a run is scored: each one in a short run; in a longer one close together at first, then a fifth apart, so that 30 scores cover 500 rounds.</summary>
internal static class CheckpointGrid
{
    /// <summary>Raised when the grid changes; part of the cache key.</summary>
    public const int Version = 2;

    /// <summary>A run of at most this many rounds is scored after each: as many scores as a long run has.</summary>
    private const int Short = 30;

    /// <summary>Ascending round counts, the last one <paramref name="maxRounds"/>.</summary>
    public static int[] UpTo(int maxRounds)
    {
        var grid = new List<int>();
        for (var rounds = 1; rounds < maxRounds; rounds = maxRounds <= Short ? rounds + 1 : Math.Max(rounds + 1, (int)Math.Round(rounds * 1.2)))
        {
            grid.Add(rounds);
        }

        grid.Add(Math.Max(1, maxRounds));
        return [.. grid];
    }
}
