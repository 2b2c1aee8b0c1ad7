using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>How much of the variance of the score over a search space comes from which hyperparameters. Immutable.</summary>
/// <param name="Hyperparameters">One for each parameter of the space, in its order.</param>
/// <param name="Interactions">One for each pair of them, the largest share first.</param>
/// <param name="Trials">How many trials it was found from.</param>
/// <param name="Trees">How many trees the shares are averaged over.</param>
/// <param name="Explained">Out-of-bag R²: how much of the trials' variance the trees foretell for trials that they have not seen, above 0, at most 1. Little means that the shares say little.</param>
public sealed record HyperparameterImportance(
    IReadOnlyList<HyperparameterEffect> Hyperparameters,
    IReadOnlyList<InteractionEffect> Interactions,
    int Trials,
    int Trees,
    double Explained)
{
    /// <summary>The score over the two hyperparameters that matter most; null where fewer than two can vary together, and where an earlier version found the rest.</summary>
    public MarginalSurface? Surface { get; init; }
}

/// <summary>A share of the variance.</summary>
/// <param name="Value">In [0, 1], the mean over the trees.</param>
/// <param name="Spread">The standard deviation over the trees (n - 1); 0 for one tree.</param>
public sealed record VarianceShare(double Value, double Spread);

/// <summary>What one hyperparameter does by itself.</summary>
/// <param name="Name">The hyperparameter.</param>
/// <param name="Share">Its main effect's share of the total variance.</param>
/// <param name="Active">The part of the space in which it is active, in (0, 1]; 1 for one without a condition.</param>
/// <param name="Curve">The score by its value, averaged over everything else where it is active: each choice, each value of a number with up to <see cref="FunctionalAnova.CurvePoints"/> of them, else so many evenly spread on its scale.</param>
public sealed record HyperparameterEffect(string Name, VarianceShare Share, double Active, IReadOnlyList<MarginalPoint> Curve);

/// <summary>What two hyperparameters do together beyond what each does by itself.</summary>
/// <param name="First">The one that stands earlier in the space.</param>
/// <param name="Second">The other one.</param>
/// <param name="Share">The interaction's share of the total variance.</param>
public sealed record InteractionEffect(string First, string Second, VarianceShare Share);

/// <summary>A point of a marginal curve.</summary>
/// <param name="Value">The hyperparameter's value in its own unit.</param>
/// <param name="Coordinate">The same in the unit interval, ascending along a curve.</param>
/// <param name="Score">The mean of the trees' predictions.</param>
/// <param name="Spread">Their standard deviation (n - 1).</param>
public sealed record MarginalPoint(ParameterValue Value, double Coordinate, double Score, double Spread);

/// <summary>The score by the values of two hyperparameters, averaged over everything else where both are active: those two whose main effects and interaction together have the largest share of the variance.</summary>
/// <param name="Across">The one of the larger share by itself.</param>
/// <param name="Up">The other one.</param>
/// <param name="Active">The part of the space in which both are active, in (0, 1].</param>
/// <param name="Scores">[levels of Up][levels of Across] the mean of the trees' predictions.</param>
/// <param name="Spreads">[levels of Up][levels of Across] their standard deviation (n - 1).</param>
public sealed record MarginalSurface(SurfaceAxis Across, SurfaceAxis Up, double Active, IReadOnlyList<IReadOnlyList<double>> Scores, IReadOnlyList<IReadOnlyList<double>> Spreads);

/// <summary>An axis of a surface.</summary>
/// <param name="Name">The hyperparameter.</param>
/// <param name="Levels">Where the surface is told: each choice, each value of a number with up to <see cref="FunctionalAnova.SurfacePoints"/> of them, else so many evenly spread on its scale.</param>
public sealed record SurfaceAxis(string Name, IReadOnlyList<SurfaceLevel> Levels);

/// <summary>A value on an axis of a surface.</summary>
/// <param name="Value">In the hyperparameter's own unit.</param>
/// <param name="Coordinate">The same in the unit interval, ascending along the axis.</param>
public sealed record SurfaceLevel(ParameterValue Value, double Coordinate);
