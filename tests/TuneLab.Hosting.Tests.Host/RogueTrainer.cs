using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests.Host;

/// <summary>Predicts the mean of the labels, or does what its configuration's <c>misdeed</c> says.</summary>
/// <param name="cheap">What it does in its cheap configuration.</param>
public sealed class RogueTrainer(Misdeed cheap = Misdeed.None) : ITrainer
{
    private static readonly SearchSpace Space = new([new ChoiceParameter("misdeed", [.. Enum.GetNames<Misdeed>()])]);

    /// <summary>The trainers that a host of the tests has.</summary>
    public static TrainerCatalog Catalog { get; } = With(new RogueTrainer());

    public TrainerInfo Info { get; } = new()
    {
        Id = "rogue",
        Summary = "misbehaves",
        Version = 1,
        Engine = "tests",
        Tasks = [LearningTask.Binary, LearningTask.Regression],
        Incremental = true,
        RoundsOverfit = false,
        Parameters = Space,
        DefaultSpace = Space,
        Default = With(Misdeed.None),
        Cheap = With(cheap),
        MaxRounds = _ => 2,
        Cost = (_, rows, features, _) => rows * features,
    };

    /// <summary>The trainers of a host whose rogue is this one.</summary>
    public static TrainerCatalog With(RogueTrainer rogue) => new([.. EmbeddedTrainers.All, rogue]);

    /// <summary>A configuration.</summary>
    public static Configuration With(Misdeed misdeed) => new("rogue", [new("misdeed", misdeed.ToString())]);

    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default) => new RogueRun(request);

    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ITrainedModel Load(BinaryReader reader) => new MeanModel(reader.ReadDouble());

    /// <summary>Predicts one number.</summary>
    internal sealed class MeanModel(double mean) : ITrainedModel
    {
        public int Outputs => 1;

        public void Predict(FeatureTable table, double[] values, int threads = 1) => Array.Fill(values, mean);

        public void Save(BinaryWriter writer) => writer.Write(mean);
    }
}
