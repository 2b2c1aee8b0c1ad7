using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet;

/// <summary>
/// Says whether this build carries the ML.NET engine. With the names of its trainers, the part of the assembly that is always there:
/// where the ML.NET packages could not be restored at build time, it is all there is.
/// </summary>
/// <threadsafety>Immutable; any thread may ask.</threadsafety>
public static class EngineAvailability
{
    /// <summary>True when the build had the ML.NET packages, so that its trainers can be used.</summary>
    public static bool IsAvailable =>
#if MLNET
        true;
#else
        false;
#endif

    /// <summary>The trainers of this build, in the order of <see cref="MLNetTrainerIds.All"/>; none without the packages.</summary>
    public static IReadOnlyList<ITrainer> Trainers =>
#if MLNET
        Engine.MLNetTrainers.All;
#else
        [];
#endif

    /// <summary>Writes models: those of ML.NET's trainers as ML.NET's own zips, all others as <see cref="ModelPackage"/> does.</summary>
    public static IModelExporter Exporter =>
#if MLNET
        new Engine.Export.MLNetModelPackage();
#else
        new ModelPackage();
#endif

    /// <summary>What a user does to get the engine: one paragraph, to be shown where an ML.NET trainer is asked for and missing.</summary>
    public static string HowToGet =>
        "This build of TuneLab has no ML.NET trainers: the packages Microsoft.ML, Microsoft.ML.FastTree, "
        + "Microsoft.ML.LightGbm and Microsoft.ML.AutoML could not be restored when it was built. "
        + "Install the published tool (dotnet tool install TuneLab.Cli), or build again where `dotnet restore` "
        + "reaches a package source that has them, with -p:MLNet=true. The embedded trainers need no package.";
}
