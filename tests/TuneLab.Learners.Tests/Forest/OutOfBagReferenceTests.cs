using System.Runtime.CompilerServices;
using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Forest;
using TuneLab.Metrics;
using TuneLab.Testing;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Forest;

/// <summary>Out-of-bag scores against scikit-learn's on real tables: Reference/OutOfBag/outofbag.json, made by outofbag.py beside it with the same rows, codes and hyperparameters.</summary>
[Trait("Category", "Slow")]
public sealed class OutOfBagReferenceTests
{
    /// <summary>Allowed apart in AUC; its own seeds are 0.001 apart.</summary>
    private const double Apart = 0.005;

    [SkippableTheory]
    [InlineData("telco_churn")]
    [InlineData("adult")]
    public void OutOfBag_RealTable_ScoresLikeScikitLearn(string table)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Here(), "..", "Reference", "OutOfBag", "outofbag.json")));
        var root = reference.RootElement;
        var expected = root.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("table").GetString() == table);
        var data = TaskTableBuilder.Build(CsvDatasetReader.Read(SharedData.Csv(table)), new DataRoles { Label = SharedData.Tables().Single(t => t.Name == table).Label }, LearningTask.Binary);
        int[] rows = [.. Enumerable.Range(0, expected.GetProperty("rows").GetInt32())];
        var encoded = FeatureEncoder.Fit(data.Features, rows).Transform(data.Data);
        var numbers = new FeatureTable([.. encoded.Columns.Select(c => c is CategoricalFeature n ? new NumericFeature(n.Name, n.Source, Array.ConvertAll(n.Codes, code => code < 0 ? float.NaN : code)) : c)], encoded.RowCount);
        var fold = new PreparedFold(LearningTask.Binary, 1, numbers, data.Target, null, rows);
        var trainer = new ForestTrainer();
        var configuration = trainer.Info.Default.With("trees", root.GetProperty("trees").GetInt32()).With("min_child_samples", root.GetProperty("min_child_samples").GetInt32())
            .With("max_features", expected.GetProperty("tried").GetDouble() / expected.GetProperty("features").GetDouble());
        using var run = (IOutOfBagRun)trainer.Start(new TrainingRequest(fold, rows, configuration, new(1), new ThreadShare(2)));
        run.Advance(int.MaxValue, CancellationToken.None);
        var unseen = run.OutOfBag(CancellationToken.None)!;
        var auc = MetricCatalog.Get("auc", LearningTask.Binary).Score(new Predictions(LearningTask.Binary, Array.ConvertAll(unseen.Rows, r => fold.Target[r]), unseen.Values, 1));
        Assert.Equal(expected.GetProperty("features").GetInt32(), numbers.Columns.Count);
        Assert.True(Math.Abs(auc - expected.GetProperty("auc").GetDouble()) < Apart, $"{table}: {auc}, scikit-learn {expected.GetProperty("auc").GetDouble()}");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
