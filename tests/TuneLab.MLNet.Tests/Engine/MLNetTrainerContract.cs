using TuneLab.MLNet.Engine;
using TuneLab.Space;
using TuneLab.Testing.Contracts;
using TuneLab.Training;

namespace TuneLab.MLNet.Tests.Engine;

/// <summary>The trainer contract for one of ML.NET's trainers.</summary>
/// <param name="id">Which.</param>
/// <param name="quick">What differs from its default in a quick configuration.</param>
public abstract class MLNetTrainerContract(string id, params (string Name, ParameterValue Value)[] quick) : TrainerContract
{
    // those whose points are better than random draws on tables that had no part in choosing them
    private static readonly string[] _starting = ["lightgbm", "fastforest", "lbfgslogisticregression", "sdcalogisticregression", "averagedperceptron", "onlinegradientdescent"];

    protected override ITrainer Trainer { get; } = MLNetTrainers.All.Single(t => t.Info.Id == id);

    protected override bool HasStarts => _starting.Contains(id);

    /// <summary>LightGBM takes numbers under 1e-35 for 0, and a deviation of such has no reciprocal in single precision.</summary>
    protected override IReadOnlyCollection<string> FiniteOnly => ["denormal values"];

    protected override Configuration Quick => quick.Aggregate(Trainer.Info.Default, (c, q) => c.With(q.Name, q.Value));
}
