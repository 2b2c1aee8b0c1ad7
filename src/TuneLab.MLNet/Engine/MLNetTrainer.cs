using TuneLab.MLNet.Engine.Definitions;
using TuneLab.MLNet.Engine.Models;
using TuneLab.MLNet.Engine.Runs;
using TuneLab.Training;

namespace TuneLab.MLNet.Engine;

/// <summary>A trainer of ML.NET behind TuneLab's seam: the features are made once for each fold, and each run fits the trainer alone.</summary>
/// <param name="definition">Which.</param>
/// <param name="threads">How many threads a fit uses, where the trainer has a say: more than one changes the models of some.</param>
internal sealed class MLNetTrainer(TrainerDefinition definition, int threads = 1) : ITrainer
{
    /// <inheritdoc/>
    public TrainerInfo Info => definition.Info;

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default) => new FitRun(definition, threads, request, cancellation);

    /// <inheritdoc/>
    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default)
    {
        var run = new FitRun(definition, threads, request, cancellation);
        Checkpoint.Read(reader, Info, request, state => run.Restore(state, cancellation));
        return run;
    }

    /// <inheritdoc/>
    public ITrainedModel Load(BinaryReader reader) => MLNetModelFile.Read(reader);
}
