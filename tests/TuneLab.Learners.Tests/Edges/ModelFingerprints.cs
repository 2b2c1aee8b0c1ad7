using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>Models of many kinds as hashes of their bytes and predictions, for comparison between processes: this is also what the test assembly does when it is run as a program.</summary>
internal static class ModelFingerprints
{
    /// <summary>Prints what the processor may use, then a line per model.</summary>
    public static void Main()
    {
        Console.WriteLine($"vectors: 512 {Vector512.IsHardwareAccelerated}, 256 {Vector256.IsHardwareAccelerated}, 128 {Vector128.IsHardwareAccelerated}, fma {Fma.IsSupported}");
        foreach (var line in Lines())
        {
            Console.WriteLine(line);
        }
    }

    /// <summary>"model: hash" for every trainer, task and way of working that has arithmetic of its own.</summary>
    public static IEnumerable<string> Lines()
        => from task in Enum.GetValues<LearningTask>()
           let folds = new[] { SampleFold.Of(task, 1503, 4), SampleFold.Of(task, 1503, 4, row => 0.1 + row % 7) }
           from fold in folds
           from configuration in Configurations(task)
           select $"{configuration.Trainer} {task}{(fold.Weights is null ? "" : ", weighted")}, {Describe(configuration)}: {Hash(fold, configuration)}";

    private static IEnumerable<Configuration> Configurations(LearningTask task)
    {
        var all = EmbeddedTrainers.All.ToDictionary(t => t.Info.Id, t => t.Info.Default);
        var boosting = all["boosting"].With("rounds", 30);
        yield return boosting;
        yield return boosting.With("feature_fraction", 0.5).With("bagging_fraction", 0.7).With("l1", 0.1).With("l2", 1);
        yield return boosting.With("extra_trees", "yes");
        yield return boosting.With("max_bin", 15);
        foreach (var objective in task == LearningTask.Regression ? new[] { "absolute", "huber", "quantile", "poisson" } : [])
        {
            yield return boosting.With("objective", objective);
        }

        var forest = all["forest"].With("trees", 20);
        yield return forest;
        yield return forest.With("kind", "extra").With("bootstrap", "no");
        yield return forest.With("criterion", "entropy");
        var linear = all["linear"];
        yield return linear;
        yield return linear.With("l1_ratio", 0.5).With("transform", "quantile");
        if (task != LearningTask.Regression)
        {
            yield return boosting.With("class_weight", "balanced");
            yield return linear.With("class_weight", "balanced").With("strength", 1e-6);
        }
    }

    private static string Describe(Configuration configuration)
    {
        var defaults = EmbeddedTrainers.All.First(t => t.Info.Id == configuration.Trainer).Info.Default;
        return string.Join(" ", configuration.Values.Where(v => !defaults.Values.TryGetValue(v.Key, out var usual) || !usual.Equals(v.Value)).Select(v => $"{v.Key}={v.Value}"));
    }

    /// <summary>The hash of a model's bytes followed by its predictions for the whole table.</summary>
    private static string Hash(PreparedFold fold, Configuration configuration)
    {
        var trainer = EmbeddedTrainers.All.First(t => t.Info.Id == configuration.Trainer);
        var model = Fits.Model(trainer, fold, configuration);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Fits.Bytes(model));
        foreach (var value in model.Predict(fold.Table))
        {
            writer.Write(value);
        }

        return Convert.ToHexString(SHA256.HashData(stream.ToArray()));
    }
}
