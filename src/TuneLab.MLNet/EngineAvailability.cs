using TuneLab.Errors;
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

    /// <summary>Loads a model zip that another program wrote with ML.NET.</summary>
    /// <param name="zip">Its bytes.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="InputException">ML.NET can't read it, it predicts nothing that a table could hold, or this build has no ML.NET.</exception>
    public static ITablePredictor LoadModel(byte[] zip, string source) =>
#if MLNET
        Engine.Models.PlainModel.Load(zip, source);
#else
        throw new InputException($"{source} is a model of ML.NET's, which this build can't read.", HowToGet);
#endif

    /// <summary>What a user does to get the engine: one paragraph, to be shown where an ML.NET trainer is asked for and missing.</summary>
    public static string HowToGet =>
        "This build of TuneLab has no ML.NET trainers: the packages Microsoft.ML, Microsoft.ML.FastTree "
        + "and Microsoft.ML.LightGbm could not be restored when it was built. "
        + "Install the published tool (dotnet tool install TuneLab.Cli), or build again where `dotnet restore` "
        + "reaches a package source that has them, with -p:MLNet=true (and -p:MLNetAutoML=false where Microsoft.ML.AutoML is missing). The embedded trainers need no package.";
}
