using TuneLab.Data;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Testing.Training;

/// <summary>A trainer that has a name and a space and learns nothing: for plans and reports, which only describe it.</summary>
public sealed class SampleTrainer(string id, SearchSpace space, Configuration byDefault, bool monotone = false, string engine = "embedded", bool rowWeights = true) : ITrainer
{
    public TrainerInfo Info { get; } = new()
    {
        Id = id,
        Summary = "sample",
        Version = 1,
        Engine = engine,
        Tasks = [LearningTask.Binary],
        Incremental = true,
        RoundsOverfit = true,
        RowWeights = rowWeights,
        Monotone = monotone,
        Parameters = space,
        DefaultSpace = space,
        Default = byDefault,
        Cheap = byDefault,
        MaxRounds = _ => 100,
        Cost = (_, rows, features, _) => rows * features,
    };

    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ITrainedModel Load(BinaryReader reader) => throw new NotSupportedException();
}
