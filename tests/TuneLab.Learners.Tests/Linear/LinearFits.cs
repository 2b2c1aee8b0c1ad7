using TuneLab.Learners.Linear;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Linear;

/// <summary>Fits for tests.</summary>
internal static class LinearFits
{
    public static LinearModel Fit(PreparedFold fold, double strength, double l1Ratio, string transform = "standard", string classWeight = "none", int[]? rows = null)
    {
        var configuration = new Configuration("linear", [new("strength", strength), new("l1_ratio", l1Ratio), new("transform", transform), new("class_weight", classWeight)]);
        using var run = new LinearTrainer().Start(new TrainingRequest(fold, rows ?? fold.Train, configuration, new Seed(1), ThreadShare.Single));
        run.Advance(1, CancellationToken.None);
        return (LinearModel)run.Complete();
    }
}
