using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Portfolio;

/// <summary>A trainer with other starting points.</summary>
internal sealed class StartingTrainer(ITrainer trainer, IReadOnlyList<Configuration> starts) : ITrainer
{
    public TrainerInfo Info { get; } = trainer.Info with { Starts = () => starts };

    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default) => trainer.Start(request, cancellation);

    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default) => trainer.Resume(request, reader, cancellation);

    public ITrainedModel Load(BinaryReader reader) => trainer.Load(reader);
}
