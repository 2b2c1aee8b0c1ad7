using TuneLab.Learners.Boosting;
using TuneLab.Learners.Forest;
using TuneLab.Learners.Linear;
using TuneLab.Training;

namespace TuneLab.Learners;

/// <summary>The trainers of the embedded engine.</summary>
public static class EmbeddedTrainers
{
    /// <summary>Every embedded trainer, in the order in which a plan that names none tries them.</summary>
    public static IReadOnlyList<ITrainer> All { get; } =
    [
        new BoostingTrainer(),
        new ForestTrainer(),
        new LinearTrainer(),
    ];

    /// <summary>A catalog of them.</summary>
    /// <param name="missing">Ids that another engine would supply if its packages were there, with how to get it.</param>
    public static TrainerCatalog Catalog(IReadOnlyDictionary<string, string>? missing = null) => new(All, missing);
}
