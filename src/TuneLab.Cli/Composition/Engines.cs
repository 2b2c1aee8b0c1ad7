using TuneLab.Learners;
using TuneLab.MLNet;
using TuneLab.Training;

namespace TuneLab.Cli.Composition;

/// <summary>The engines of this build: the one place where trainers are registered.</summary>
internal static class Engines
{
    /// <summary>The trainers of ML.NET, by the names that an experiment file will use.</summary>
    public static IReadOnlyList<string> MLNetTrainers { get; } = ["lightgbm", "fasttree", "fastforest", "gam", "sdca", "lbfgs", "averaged_perceptron"];

    /// <summary>How a person gets the ML.NET trainers that are not here.</summary>
    public static string HowToGetMLNet => EngineAvailability.IsAvailable
        ? "The ML.NET packages are here; the trainers on top of them come with a later version. The embedded trainers cover every task."
        : EngineAvailability.HowToGet;

    /// <summary>Every trainer that can be named, and what to say for those that could be here and are not.</summary>
    public static TrainerCatalog Catalog()
    {
        var how = HowToGetMLNet;
        return EmbeddedTrainers.Catalog(MLNetTrainers.ToDictionary(id => id, _ => how, StringComparer.Ordinal));
    }
}
