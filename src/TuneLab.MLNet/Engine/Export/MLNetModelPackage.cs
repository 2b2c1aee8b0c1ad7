using Microsoft.ML;
using TuneLab.MLNet.Engine.Models;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.MLNet.Engine.Export;

/// <summary>
/// Writes a model of an ML.NET trainer as a zip of ML.NET's, which <c>mlContext.Model.Load</c> reads in any program, from the raw columns to the label's own words. TuneLab's entries lie beside
/// ML.NET's, which its reader does not look at; from them <see cref="ModelPackage"/> predicts as the process did that trained it.
/// <para>Models of other engines, and those without a column, become a <see cref="ModelPackage"/> alone.</para>
/// </summary>
public sealed class MLNetModelPackage : IModelExporter
{
    private readonly ModelPackage _own = new();

    /// <inheritdoc/>
    public string Extension => _own.Extension;

    /// <inheritdoc/>
    public void Export(ModelExport export, Stream stream)
    {
        if (Find(export.Model) is not { } model || export.Encoding.Inputs.Count == 0)
        {
            _own.Export(export, stream);
            return;
        }

        var context = new MLContext(0);
        var input = RawColumns.Schema(export.Encoding.Inputs);
        var steps = new Steps(context, input);
        if (model.Predictor is { } predictor)
        {
            new FeatureSteps(steps, model.Frame.Layout).Add(export.Encoding, model.Frame.Fields);
            steps.Add(predictor.Transformer);
            AnswerSteps.Add(steps, model.Frame, export.Card);
        }
        else
        {
            ConstantSteps.Add(steps, model.Frame, export.Card, export.Encoding.Inputs[0]);
        }

        using var zip = new MemoryStream();
        context.Model.Save(steps.Chain(), input.Schema, zip);
        using var own = new MemoryStream();
        _own.Export(export, own);
        stream.Write(FixedZip.Of(zip.ToArray(), own.ToArray()));
    }

    // a model that was fitted in another process comes in a shell of its own: its bytes are the model's
    private static MLNetModel? Find(ITrainedModel model)
    {
        if (model is MLNetModel found)
        {
            return found;
        }

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        model.Save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        return MLNetModelFile.IsModel(stream) ? MLNetModelFile.Read(reader) : null;
    }
}
