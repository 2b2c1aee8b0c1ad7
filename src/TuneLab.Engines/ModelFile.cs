using TuneLab.Errors;
using TuneLab.MLNet;
using TuneLab.Training.Packaging;

namespace TuneLab.Engines;

/// <summary>Model zips of both kinds: TuneLab's, whatever engine it is of, and those that another program wrote with ML.NET.</summary>
public static class ModelFile
{
    /// <summary>Loads the ensemble that lies in a zip of TuneLab's.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">No such file, no model of TuneLab's, it holds no ensemble, a newer format, or what it needs is not in this build.</exception>
    public static ITablePredictor LoadEnsemble(string path)
    {
        if (!File.Exists(path))
        {
            return ModelPackage.Load(path, EngineCatalog.Create()); // which says so
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return ModelPackage.LoadEnsemble(stream, path, EngineCatalog.Create());
    }

    /// <summary>Loads one. A zip that is both, as that of an ML.NET winner, is read as TuneLab's, which predicts as the process did that trained it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">No such file, no model, a newer format, or what it needs is not in this build.</exception>
    public static ITablePredictor Load(string path)
    {
        if (!File.Exists(path))
        {
            return ModelPackage.Load(path, EngineCatalog.Create()); // which says so
        }

        var bytes = File.ReadAllBytes(path);
        return ModelPackage.IsModel(bytes) || !MLNetZip.IsModel(bytes) ? ModelPackage.Load(new MemoryStream(bytes), path, EngineCatalog.Create()) : EngineAvailability.LoadModel(bytes, path);
    }
}
