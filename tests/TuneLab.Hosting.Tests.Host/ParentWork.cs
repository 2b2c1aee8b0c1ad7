using System.Globalization;
using TuneLab.Data;
using TuneLab.Randomness;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests.Host;

/// <summary>What the process does that the tests kill.</summary>
internal static class ParentWork
{
    public static void Run(HostPool pool, Misdeed misdeed)
    {
        var fold = SampleFold.Of(LearningTask.Regression);
        using var run = new HostedTrainer(new RogueTrainer(), pool).Start(new TrainingRequest(fold, fold.Train, RogueTrainer.With(misdeed), new Seed(1), ThreadShare.Single));
        Console.WriteLine(pool.ProcessIds.Single().ToString(CultureInfo.InvariantCulture));
        run.Advance(1, CancellationToken.None);
    }
}
