using TuneLab.Learners;
using TuneLab.MLNet;
using TuneLab.Training;

namespace TuneLab.Engines;

/// <summary>The engines of this build: the one place where trainers are registered.</summary>
/// <threadsafety>Any thread may ask.</threadsafety>
public static class EngineCatalog
{
    /// <summary>The trainers of ML.NET that could be here and are not.</summary>
    public static IReadOnlyList<string> MissingTrainers => EngineAvailability.IsAvailable ? [] : MLNetTrainerIds.All;

    /// <summary>How a person gets the trainers that are not here; null when all are.</summary>
    public static string? HowToGetMissing => EngineAvailability.IsAvailable ? null : EngineAvailability.HowToGet;

    /// <summary>Every trainer that can be named, and what to say for those that could be here and are not. A plan that names none gets ML.NET's where they are here.</summary>
    public static TrainerCatalog Create() => new(
        [.. EngineAvailability.Trainers, .. EmbeddedTrainers.All],
        MissingTrainers.ToDictionary(id => id, _ => EngineAvailability.HowToGet, StringComparer.Ordinal),
        EngineAvailability.IsAvailable ? MLNetTrainerIds.Engine : "embedded");
}
