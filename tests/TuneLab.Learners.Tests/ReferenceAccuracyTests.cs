using System.Runtime.CompilerServices;
using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Learners.Forest;
using TuneLab.Space;
using TuneLab.Testing;
using TuneLab.Training;

namespace TuneLab.Learners.Tests;

/// <summary>The trees against scikit-learn's on real tables: scores in Reference/trees.json, made by Reference/trees.py with the same rows and hyperparameters.</summary>
[Trait("Category", "Slow")]
public sealed class ReferenceAccuracyTests
{
    /// <summary>Allowed below scikit-learn's AUC or accuracy.</summary>
    private const double Shortfall = 0.01;

    /// <summary>Allowed above its RMSE, as a share.</summary>
    private const double Excess = 0.03;

    private static readonly JsonDocument Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Here(), "Reference", "trees.json")));

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var table in Reference.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("table").GetString()!))
        {
            cases.Add(table, "boosting");
            cases.Add(table, "random");
            cases.Add(table, "extra");
        }

        return cases;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Fit_RealTable_ScoresLikeScikitLearn(string table, string kind)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        var reference = Reference.RootElement.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("table").GetString() == table);
        var expected = reference.GetProperty(kind).GetDouble();
        var task = Enum.Parse<LearningTask>(reference.GetProperty("task").GetString()!, true);
        var entry = SharedData.Tables().Single(t => t.Name == table);
        var data = TaskTableBuilder.Build(CsvDatasetReader.Read(SharedData.Csv(table)), new DataRoles { Label = entry.Label }, task);
        int[] train = [.. Enumerable.Range(0, data.RowCount).Where(i => i % 5 != 0)];
        int[] valid = [.. Enumerable.Range(0, data.RowCount).Where(i => i % 5 == 0)];
        if (kind != "boosting")
        {
            train = train[..Math.Min(train.Length, Reference.RootElement.GetProperty("rows_of_forests").GetInt32())];
        }

        var fold = new PreparedFold(task, data.Outputs, FeatureEncoder.Fit(data.Features, train).Transform(data.Data), data.Target, null, train);
        ITrainer trainer = kind == "boosting" ? new BoostingTrainer() : new ForestTrainer();
        var configuration = kind == "boosting"
            ? trainer.Info.Default.With("rounds", 100)
            : trainer.Info.Default.With("trees", 100).With("max_features", 0.35).With("min_child_samples", 3).With("kind", kind).With("bootstrap", kind == "random" ? "yes" : "no");
        using var run = trainer.Start(new TrainingRequest(fold, train, configuration, new(1), new ThreadShare(2)));
        run.Advance(int.MaxValue, CancellationToken.None);
        var values = new double[valid.Length * fold.Outputs];
        run.Predict(valid, values);
        var score = Score(task, values, fold.Outputs, [.. valid.Select(r => fold.Target[r])]);
        Assert.True(task == LearningTask.Regression ? score <= expected * (1 + Excess) : score >= expected - Shortfall, $"{table}, {kind}: {score}, scikit-learn {expected}");
    }

    /// <summary>AUC, accuracy or RMSE, written out here so that the trees are not judged by the code beside them.</summary>
    private static double Score(LearningTask task, double[] values, int outputs, double[] truth)
    {
        if (task == LearningTask.Regression)
        {
            return Math.Sqrt(values.Zip(truth, (v, t) => (v - t) * (v - t)).Average());
        }

        if (task == LearningTask.Multiclass)
        {
            return truth.Select((t, i) => values.AsSpan(i * outputs, outputs).ToArray() is var row && Array.IndexOf(row, row.Max()) == (int)t ? 1.0 : 0).Average();
        }

        double positives = truth.Sum(), rankSum = 0, rank = 0;
        foreach (var ties in Enumerable.Range(0, truth.Length).GroupBy(i => values[i]).OrderBy(g => g.Key))
        {
            var count = ties.Count();
            rankSum += ties.Sum(i => truth[i]) * (rank + (count + 1) / 2.0);
            rank += count;
        }

        return (rankSum - positives * (positives + 1) / 2) / (positives * (truth.Length - positives));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
