using System.Runtime.CompilerServices;
using System.Text.Json;
using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting;
using TuneLab.Randomness;
using TuneLab.Testing;
using TuneLab.Training;

namespace TuneLab.Learners.Tests.Boosting;

/// <summary>Directions on real tables against XGBoost's monotone_constraints: RMSE in Reference/Monotone/monotone.json, made by monotone.py with the same rows and hyperparameters.</summary>
[Trait("Category", "Slow")]
public sealed class MonotoneReferenceTests
{
    /// <summary>Allowed above XGBoost's RMSE, as a share.</summary>
    private const double Excess = 0.01;

    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Here(), "..", "Reference", "Monotone", "monotone.json"))).RootElement;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Reference.GetProperty("results").GetArrayLength())];

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Fit_RealTable_ScoresLikeXGBoost(int number)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        var entry = Reference.GetProperty("results")[number];
        var name = entry.GetProperty("table").GetString()!;
        var dataset = CsvDatasetReader.Read(SharedData.Csv(name));
        var roles = new DataRoles
        {
            Label = entry.GetProperty("label").GetString()!,
            Ignore = [.. dataset.Columns.Where(c => c is not NumberColumn).Select(c => c.Name)],
            Monotone = entry.GetProperty("directions").EnumerateObject().ToDictionary(d => d.Name, d => (MonotoneDirection)d.Value.GetInt32()),
        };
        var table = TaskTableBuilder.Build(dataset, roles, LearningTask.Regression);

        var (constrained, free) = (Rmse(table, roles.Monotone, entry), Rmse(table, new Dictionary<string, MonotoneDirection>(), entry));

        Assert.True(constrained <= entry.GetProperty("rmse").GetDouble() * (1 + Excess), $"{name}: {constrained}, XGBoost {entry}");
        Assert.True(free <= entry.GetProperty("rmse_free").GetDouble() * (1 + Excess), $"{name} without directions: {free}, XGBoost {entry}");
        Assert.NotEqual(free, constrained);
    }

    private static double Rmse(TaskTable table, IReadOnlyDictionary<string, MonotoneDirection> monotone, JsonElement entry)
    {
        int[] train = [.. Enumerable.Range(0, table.RowCount).Where(i => i % 5 != 0)];
        int[] valid = [.. Enumerable.Range(0, table.RowCount).Where(i => i % 5 == 0)];
        var fold = new PreparedFold(table.Task, 1, FeatureEncoder.Fit(table.Features, train).Transform(table.Data), table.Target, null, train) { Monotone = monotone };
        var trainer = new BoostingTrainer();
        var configuration = Fits.Free(
            trainer, ("rounds", Reference.GetProperty("rounds").GetInt32()), ("leaves", entry.GetProperty("leaves").GetInt32()), ("min_child_weight", 1), ("l2", 1));
        using var run = trainer.Start(new TrainingRequest(fold, train, configuration, new Seed(1), new ThreadShare(2)));
        run.Advance(int.MaxValue, CancellationToken.None);
        var values = new double[valid.Length];
        run.Predict(valid, values);
        return Math.Sqrt(valid.Select((row, i) => Math.Pow(values[i] - table.Target[row], 2)).Average());
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
