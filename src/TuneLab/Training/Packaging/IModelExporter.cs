using TuneLab.Data.Encoding;

namespace TuneLab.Training.Packaging;

/// <summary>A fitted model with everything that its file must say.</summary>
/// <param name="Card">What it is and how well it does.</param>
/// <param name="Encoding">From raw columns to features.</param>
/// <param name="Model">The model.</param>
public sealed record ModelExport(ModelCard Card, FeatureEncoding Encoding, ITrainedModel Model)
{
    /// <summary>An ensemble to lie in the same file; who loads the file gets the model, unless the ensemble is asked for. <value>Null: none.</value></summary>
    public EnsembleExport? Ensemble { get; init; }
}

/// <summary>
/// Writes a fitted model as one file that predicts from raw columns.
/// <para><b>Contract.</b> Called by the runner once per model to keep. A pure function of the export: the same model gives the same bytes. What it writes,
/// loaded in another process, predicts the same numbers as the process that trained it. Stateless.</para>
/// </summary>
public interface IModelExporter
{
    /// <summary>The extension with its dot.</summary>
    string Extension { get; }

    /// <summary>Writes it.</summary>
    void Export(ModelExport export, Stream stream);
}
