namespace TuneLab.Samplers.Local;

/// <summary>The state of a local method between evaluations, in coordinates of the numbers that are active, each in [0, 1]. Immutable.</summary>
internal interface ILocalSearch
{
    /// <summary>[points][numbers] what it needs to know next; none: it has converged. Not to be written.</summary>
    IReadOnlyList<double[]> Wanted { get; }

    /// <summary>What comes once all of <see cref="Wanted"/> are scored.</summary>
    /// <param name="scores">In the order of <see cref="Wanted"/>.</param>
    ILocalSearch After(IReadOnlyList<LocalScore> scores);

    /// <summary>What a wanted point's score will most likely be as, so that the search can go on while the point is still under way.</summary>
    /// <param name="wanted">Which one.</param>
    LocalScore Guess(int wanted);
}
