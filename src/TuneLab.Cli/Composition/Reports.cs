using TuneLab.Cli.Output;
using TuneLab.Experiments;

namespace TuneLab.Cli.Composition;

/// <summary>The views of a run: the one place where they are chosen.</summary>
internal static class Reports
{
    /// <summary>What a run leaves in its output folder beside the model.</summary>
    public static IReadOnlyList<IResultWriter> Writers { get; } = ExperimentRunner.StandardWriters;

    /// <summary>The settled plan, for people.</summary>
    public static void WritePlan(ExperimentStart start, TextWriter output)
    {
        var plan = start.Plan;
        output.WriteLine($"{plan.Plan.Name}: {plan.Task.ToString().ToLowerInvariant()}, {plan.Metric.Id}, {start.TrainingRows} training rows, {start.HoldoutRows} holdout rows");
    }

    /// <summary>The answer, for people.</summary>
    public static void WriteResult(ExperimentResult result, TextWriter output)
    {
        output.WriteLine($"best {result.Best.Trainer} {Words.Score(result.Best.Validation.Mean)}, baseline {Words.Score(result.Baseline.Validation.Mean)}");
        output.WriteLine(result.Verdict.Sentence);
        foreach (var (kind, file) in result.Files)
        {
            output.WriteLine($"{kind}: {file}");
        }
    }
}
