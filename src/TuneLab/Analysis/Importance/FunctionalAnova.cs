using TuneLab.Randomness;
using TuneLab.Space;

namespace TuneLab.Analysis.Importance;

/// <summary>
/// Importance of hyperparameters by functional analysis of variance (fANOVA; Hutter, Hoos, Leyton-Brown 2014): a forest of regression trees learns score from configuration; the variance of each tree's prediction over the search space (uniform
/// over the unit cube, so on a log scale where the space has one) is divided exactly into main effects and interactions of two. What is left to 1 are interactions of three and more, and noise that the trees took for them.
/// <para><b>Conditional hyperparameters.</b> Trees ask for one only where its condition is met. Whatever concerns it is measured in the part of the space in which it is active and counts by that part's size: its main effect, an interaction (in
/// the part where both are active), its curve. Being active or not is thus a matter of the choice that decides it, and what the value does, where it matters, is the conditional one's own. All shares together are at most 1.</para>
/// <para>Differs from the paper: leaves of at least 3 trials (more with over 750 trials, so that trees stay small) instead of 1, since here scores are noisy; every split looks at all hyperparameters; 64 trees; a number that another one limits
/// (<see cref="IntParameter.AtMostTwoTo"/>) is taken as if it were not; a score more than 10 times the distance between the quartiles away from them, a run that diverged, counts as if it were so far. Spreads say how far the trees differ, not what all of them miss: an effect that is small beside others is told too small until there are
/// many trials, and so is one that goes up and down several times.</para>
/// </summary>
public static class FunctionalAnova
{
    /// <summary>With fewer trials than this there is no answer.</summary>
    public const int FewestTrials = 20;

    /// <summary>With fewer trials than this for each hyperparameter that can take several values there is none either.</summary>
    public const int FewestPerHyperparameter = 4;

    /// <summary>The most points of a number's curve.</summary>
    public const int CurvePoints = 33;

    /// <summary>The most points of a number's axis of the surface over two hyperparameters.</summary>
    public const int SurfacePoints = 25;

    /// <summary>Divides the variance.</summary>
    /// <param name="space">What was searched.</param>
    /// <param name="trials">Finished trials of one trainer at one fidelity on one split. Their order decides the trees' draws: hand them in the order of their numbers.</param>
    /// <param name="seed">For the trees.</param>
    /// <returns>The importance, or why there is none yet: too few trials, scores all alike, nothing to search, or trees that foretell nothing.</returns>
    public static Analyzed<HyperparameterImportance> Run(SearchSpace space, IReadOnlyList<ScoredConfiguration> trials, Seed seed)
    {
        ScoredConfiguration[] scored = [.. trials.Where(t => double.IsFinite(t.Score))];
        if (Objection(space, scored) is { } objection)
        {
            return Analyzed<HyperparameterImportance>.Not(objection);
        }

        var anova = new AnovaSpace(space);
        var data = new AnovaData(anova, scored);
        var forest = AnovaForest.Grow(data, seed);
        if (forest.Explained <= 0)
        {
            return Analyzed<HyperparameterImportance>.Not(string.Create(CultureInfo.InvariantCulture,
                $"from these {scored.Length} trials a configuration's score can't be told from its hyperparameters any better than by their mean (out-of-bag R² {forest.Explained:0.00})"));
        }

        var effects = new EffectSums(anova);
        foreach (var tree in forest.Trees)
        {
            effects.Add(tree);
        }

        var result = effects.Result(data, forest.Explained);
        return Analyzed<HyperparameterImportance>.Of(result with { Surface = SurfaceSums.Of(forest, anova, data, result) });
    }

    private static string? Objection(SearchSpace space, ScoredConfiguration[] scored)
    {
        var searched = space.Parameters.Count(p => p.Cardinality != 1);
        var needed = Math.Max(FewestTrials, FewestPerHyperparameter * searched);
        return searched == 0 ? "the space has no hyperparameter that can take more than one value"
            : scored.Length < needed ? string.Create(CultureInfo.InvariantCulture, $"{scored.Length} comparable trials with a score are too few; {searched} hyperparameters need {needed} ({FewestPerHyperparameter} each, at least {FewestTrials})")
            : scored.All(t => t.Score == scored[0].Score) ? string.Create(CultureInfo.InvariantCulture, $"all {scored.Length} trials have the same score, {scored[0].Score:G6}")
            : null;
    }
}
