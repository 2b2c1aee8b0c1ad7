namespace TuneLab.Samplers.Local;

/// <summary>How good a point is: completed ones by loss, behind them pruned ones by loss, failed ones last.</summary>
/// <param name="Rank">0 completed, 1 pruned, 2 failed.</param>
/// <param name="Loss">Less is better; 0 when failed.</param>
internal readonly record struct LocalScore(int Rank, double Loss) : IComparable<LocalScore>
{
    /// <summary>Whether it is only expected: to be reckoned with, but not to be learned from.</summary>
    public bool Guessed { get; init; }

    /// <summary>Worse than any other.</summary>
    public static LocalScore Failed { get; } = new(2, 0);

    /// <summary>The score of an observation.</summary>
    public static LocalScore Of(Observation observation)
        => observation.Status == ObservationStatus.Failed || !double.IsFinite(observation.Loss) ? Failed : new(observation.Status == ObservationStatus.Pruned ? 1 : 0, observation.Loss);

    /// <inheritdoc/>
    public int CompareTo(LocalScore other) => (Rank, Loss).CompareTo((other.Rank, other.Loss));

    public static bool operator <(LocalScore a, LocalScore b) => a.CompareTo(b) < 0;

    public static bool operator >(LocalScore a, LocalScore b) => a.CompareTo(b) > 0;

    public static bool operator <=(LocalScore a, LocalScore b) => a.CompareTo(b) <= 0;

    public static bool operator >=(LocalScore a, LocalScore b) => a.CompareTo(b) >= 0;
}
