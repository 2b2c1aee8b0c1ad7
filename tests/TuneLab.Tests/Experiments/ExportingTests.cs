using System.Globalization;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Exporting;
using TuneLab.Storage;
using TuneLab.Tests.Experiments.Running;
using YamlDotNet.Serialization;

namespace TuneLab.Tests.Experiments;

/// <summary>Experiments written for other tools.</summary>
public sealed class ExportingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab-test").FullName;

    [Fact]
    public void EvaluationsCsv_ARowPerFold_HasTheScoresThatTrialsAreMadeOf()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan());
        TablesExport.Write(bench.Store, bench.Store.Experiments()[0], _folder);
        var table = CsvDatasetReader.Read(Path.Combine(_folder, "evaluations.csv"));
        var (trial, auc) = ((NumberColumn)table["trial"], (NumberColumn)table["auc"]);
        var trials = bench.Store.Trials(1);
        Assert.Equal(trials.Sum(t => t.Evaluations.Length), table.RowCount);
        Assert.All(trials.Where(t => t.Scores.Length > 0), t => Assert.Equal(t.Score, Enumerable.Range(0, table.RowCount).Where(i => trial.Values[i] == t.Number).Average(i => auc.Values[i]), 1e-12));
        Assert.Equal(["evaluations.csv", "result.json", "trials.csv"], Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Mlflow_TheAnswerAndEveryTrial_AreRunsOfItsFileStore()
    {
        using var bench = new Bench();
        bench.Trainer.Fails = c => c.Choice("kind", "") == "squashed";
        var result = bench.Run(bench.Plan());
        var record = bench.Store.Experiments()[0];
        var home = MlflowExport.Write(bench.Store, record, _folder);
        var files = Files();
        var id = Path.GetFileName(home);
        Assert.Equal((id, "bench", "active"), (Yaml(home)["experiment_id"], Yaml(home)["name"], Yaml(home)["lifecycle_stage"]));
        var runs = Directory.EnumerateDirectories(home).ToList();
        var trials = bench.Store.Trials(1);
        Assert.Equal(trials.Count + 1, runs.Count);
        var answer = Assert.Single(runs, r => !File.Exists(Path.Combine(r, "tags", "mlflow.parentRunId")));
        Assert.Equal((id, Path.GetFileName(answer), "3", "4"), (Yaml(answer)["experiment_id"], Yaml(answer)["run_id"], Yaml(answer)["status"], Yaml(answer)["source_type"]));
        Assert.Equal(result.Best.Trainer, File.ReadAllText(Path.Combine(answer, "params", "trainer")));
        Assert.Equal(result.Best.Holdout!.Value, Metric(answer, "holdout.auc").Single().Value);
        Assert.Equal(result.Best.Validation.Mean, Metric(answer, "validation.auc").Single().Value, 1e-12);
        Assert.True(File.Exists(Path.Combine(answer, "artifacts", "model.zip")));
        var best = Metric(answer, "best.auc");
        Assert.Equal(best.Select(m => m.Value).Order(), best.Select(m => m.Value));
        Assert.Equal(best.Select(m => m.Step).Order(), best.Select(m => m.Step));

        var nested = runs.Where(r => r != answer).ToList();
        Assert.All(nested, r => Assert.Equal(Path.GetFileName(answer), File.ReadAllText(Path.Combine(r, "tags", "mlflow.parentRunId"))));
        Assert.Equal(trials.Count(t => t.Status == TrialStatus.Failed), nested.Count(r => (string)Yaml(r)["status"] == "4"));
        var whole = trials.First(t => t.Status == TrialStatus.Completed);
        var run = nested.Single(r => File.ReadAllText(Path.Combine(r, "tags", "mlflow.runName")) == $"bench, trial {whole.Number}");
        Assert.Equal(whole.Scores, Metric(run, "auc.fold").Select(m => m.Value));
        Assert.Equal(Enumerable.Range(1, whole.Scores.Length).Select(i => (long)i), Metric(run, "auc.fold").Select(m => m.Step));
        Assert.Equal(Metric(run, "loss").Select(m => m.Step).Distinct().Order(), Metric(run, "loss").Select(m => m.Step));

        MlflowExport.Write(bench.Store, record, _folder);
        Assert.Equal(files, Files()); // the second time it is the same runs
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private List<string> Files() => [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static Dictionary<string, object> Yaml(string folder) => new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(Path.Combine(folder, "meta.yaml")));

    private static List<(long When, double Value, long Step)> Metric(string run, string name) => [.. File.ReadLines(Path.Combine(run, "metrics", name)).Select(l => l.Split(' '))
        .Select(p => (long.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture), long.Parse(p[2], CultureInfo.InvariantCulture)))];
}
