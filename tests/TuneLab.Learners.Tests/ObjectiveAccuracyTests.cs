using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Testing;
using TuneLab.Training;

namespace TuneLab.Learners.Tests;

/// <summary>
/// Each objective of boosting by its own loss on held-out rows of real tables, against scikit-learn's and XGBoost's: losses in Reference/Objectives/objectives.json, made by objectives.py
/// beside it with the same rows, rounds and leaves; means over the splits that it names.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ObjectiveAccuracyTests
{
    /// <summary>Allowed above the loss of each peer, as a share.</summary>
    private const double Excess = 0.01;

    private static readonly JsonElement Results = JsonDocument.Parse(File.ReadAllText(RepositoryFile.At("tests/TuneLab.Learners.Tests/Reference/Objectives/objectives.json"))).RootElement.GetProperty("results");

    public static TheoryData<string, string, double?> Cases()
    {
        var cases = new TheoryData<string, string, double?>();
        foreach (var result in Results.EnumerateArray())
        {
            cases.Add(result.GetProperty("table").GetString()!, result.GetProperty("objective").GetString()!, Level(result));
        }

        return cases;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Fit_RealTable_LosesNoMoreThanThePeers(string table, string objective, double? level)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        var reference = Results.EnumerateArray().Single(r => r.GetProperty("table").GetString() == table && r.GetProperty("objective").GetString() == objective && Level(r) == level);
        var entry = SharedData.Tables().Single(t => t.Name == table);
        var data = TaskTableBuilder.Build(CsvDatasetReader.Read(SharedData.Csv(table)), new DataRoles { Label = entry.Label }, LearningTask.Regression);
        var loss = reference.GetProperty("splits").EnumerateArray().Average(split => HeldOutLoss(data, split[0].GetInt64(), split[1].GetInt32(), objective, level));
        Assert.All(reference.GetProperty("peers").EnumerateObject(), peer => Assert.True(loss <= peer.Value.GetDouble() * (1 + Excess), $"{table}, {objective} {level}: {loss}, {peer.Name} {peer.Value}"));
    }

    private static double HeldOutLoss(TaskTable data, long multiplier, int number, string objective, double? level)
    {
        var parts = Enumerable.Range(0, data.RowCount).ToLookup(i => i * multiplier % 1_000_003 % 5 == number);
        int[] train = [.. parts[false]];
        int[] valid = [.. parts[true]];
        var fold = new PreparedFold(LearningTask.Regression, 1, FeatureEncoder.Fit(data.Features, train).Transform(data.Data), data.Target, null, train);
        var trainer = new BoostingTrainer();
        var configuration = trainer.Info.Default.With("rounds", 100).With("objective", objective);
        using var run = trainer.Start(new TrainingRequest(fold, train, level is { } quantile ? configuration.With("quantile", quantile) : configuration, new(1), new ThreadShare(2)));
        run.Advance(int.MaxValue, CancellationToken.None);
        var values = new double[valid.Length];
        run.Predict(valid, values);
        return valid.Select((row, i) => Loss(objective, level, data.Target[row], values[i])).Average();
    }

    private static double? Level(JsonElement result) => result.GetProperty("level") is { ValueKind: JsonValueKind.Number } level ? level.GetDouble() : null;

    private static double Loss(string objective, double? level, double label, double prediction) => objective switch
    {
        "quantile" => Math.Max(level!.Value * (label - prediction), (level.Value - 1) * (label - prediction)),
        "poisson" => (label > 0 ? label * Math.Log(label / prediction) : 0) - label + prediction,
        _ => Math.Abs(label - prediction),
    };
}
