using System.Text;
using TuneLab.Errors;
using TuneLab.MLNet;
using TuneLab.MLNet.Code;
using TuneLab.Training.Packaging;

namespace TuneLab.Engines;

/// <summary>A program around a model: a C# console project that needs ML.NET and nothing of TuneLab.</summary>
public static class ModelCode
{
    /// <summary>The files of the project, the model among them.</summary>
    /// <param name="zip">The model, as <c>tunelab run</c> wrote it.</param>
    /// <param name="source">What to call it at the beginning of a sentence.</param>
    /// <exception cref="InputException">No model of TuneLab's, or one that ML.NET can't load.</exception>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(byte[] zip, string source)
    {
        var (card, inputs) = ModelPackage.Describe(zip, source);
        if (!MLNetZip.IsModel(zip))
        {
            throw new InputException($"{source} is one of '{card.Trainer}', which ML.NET alone can't load.",
                "Name ML.NET's trainers in the plan (trainers: [lightgbm, fasttree]), or load the model with TuneLab: ModelPackage.Load in C#, or `tunelab predict`.");
        }

        return [.. ConsoleProject.Write(card, inputs).Select(f => (f.Name, Encoding.UTF8.GetBytes(f.Text))), (ConsoleProject.ModelFile, zip)];
    }
}
