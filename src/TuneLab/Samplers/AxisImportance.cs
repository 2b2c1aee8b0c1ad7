using TuneLab.Analysis.Importance;
using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Samplers;

/// <summary>
/// How much each coordinate matters among good trials: its share of the variance of the loss, interactions counted in, by functional analysis of variance (<see cref="FunctionalAnova"/>). Losses beyond the
/// median count as the median, so that what tells bad from hopeless does not drown what tells good from better. Immutable.
/// </summary>
public sealed class AxisImportance
{
    /// <summary>The share of the variance from which on a coordinate is never negligible.</summary>
    public const double NegligibleShare = 0.02;

    /// <summary>The variance that a negligible coordinate makes, at most, as a part of the variance of a trial's mean loss by chance.</summary>
    public const double NegligibleNoise = 0.25;

    /// <summary>The power to which the factor of shrinking is raised for a coordinate that matters least.</summary>
    public const double SlowestPace = 0.5;

    /// <summary>How many trials it is found from at most: the first ones, which lie more evenly over the space than those that followed them.</summary>
    public const int MostTrials = 500;

    private readonly double[] _shares;
    private readonly double[] _highest;
    private readonly double _variance;
    private readonly double _noise;
    private readonly double _mean;
    private readonly int _foremost;

    private AxisImportance(SearchSpace space, double[] shares, double[] highest, int trials, double variance, double noise)
    {
        (_shares, _highest, Trials, _variance, _noise) = (shares, highest, trials, variance, noise);
        _foremost = Enumerable.Range(0, space.Dimensions).Where(axis => space.Parameters[axis] is not ChoiceParameter).OrderBy(axis => space.Parameters[axis].Cardinality is not null).ThenByDescending(axis => shares[axis]).FirstOrDefault(-1);
        _mean = shares.Where((_, axis) => space.Parameters[axis] is not ChoiceParameter && !IsNegligible(axis)).DefaultIfEmpty(0).Average();
    }

    /// <summary>How many trials it was found from.</summary>
    public int Trials { get; }

    /// <summary>Finds it.</summary>
    /// <param name="space">What was searched.</param>
    /// <param name="trials">Trials of one trainer at one fidelity with a loss each.</param>
    /// <param name="noise">The variance of a trial's loss by chance. <value>0: none, or not known; nothing is negligible.</value></param>
    /// <param name="seed">For the trees.</param>
    /// <returns>Null where trials are too few (four for each hyperparameter, twenty at least) or tell nothing.</returns>
    public static AxisImportance? Of(SearchSpace space, IReadOnlyList<Observation> trials, double noise, Seed seed)
    {
        Observation[] taken = [.. trials.OrderBy(t => t.Number).Take(MostTrials)];
        if (taken.Length == 0)
        {
            return null;
        }

        var cap = taken.Select(t => t.Loss).Order().ElementAt(taken.Length / 2);
        var scored = taken.Select(t => new ScoredConfiguration(space.FromUnit("", t.Point), Math.Min(t.Loss, cap))).ToArray();
        if (FunctionalAnova.Run(space, scored, seed).Value is not { } found)
        {
            return null;
        }

        var axes = space.Parameters.Select((p, axis) => (p.Name, axis)).ToDictionary(p => p.Name, p => p.axis, StringComparer.Ordinal);
        var shares = found.Hyperparameters.Select(h => h.Share.Value).ToArray();
        var highest = found.Hyperparameters.Select(h => h.Share.Value + h.Share.Spread).ToArray();
        foreach (var pair in found.Interactions)
        {
            foreach (var axis in (int[])[axes[pair.First], axes[pair.Second]])
            {
                shares[axis] += pair.Share.Value;
                highest[axis] += pair.Share.Value;
            }
        }

        var mean = scored.Average(s => s.Score);
        return new AxisImportance(space, shares, highest, scored.Length, scored.Average(s => (s.Score - mean) * (s.Score - mean)), noise);
    }

    /// <summary>A coordinate's share of the variance, in [0, 1]; those of all coordinates together may be more than 1, since an interaction counts for both.</summary>
    public double Share(int axis) => _shares[axis];

    /// <summary>
    /// Whether a coordinate, its share's deviation over the trees added, makes less than <see cref="NegligibleShare"/> of the variance and less than <see cref="NegligibleNoise"/> of what chance makes. The number
    /// that matters most (of the continuous ones, where there are some) never is, so that there is something left to search.
    /// </summary>
    public bool IsNegligible(int axis) => axis != _foremost && _highest[axis] < NegligibleShare && _highest[axis] * _variance < NegligibleNoise * _noise;

    /// <summary>The power to which a coordinate's factor of shrinking is raised: 1 for one that matters as much as the mean of those that are not negligible, or more; at least <see cref="SlowestPace"/>.</summary>
    public double Pace(int axis) => _mean > 0 ? Math.Clamp(_shares[axis] / _mean, SlowestPace, 1) : 1;
}
