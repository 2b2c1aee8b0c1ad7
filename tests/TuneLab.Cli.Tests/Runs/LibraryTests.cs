using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Learners;
using TuneLab.Storage;
using TuneLab.Testing;
using TuneLab.Training.Packaging;

namespace TuneLab.Cli.Tests.Runs;

public sealed class LibraryTests
{
    [Fact]
    public void Readme_FromCSharp_RunsAsItStands()
    {
        var folder = Directory.CreateTempSubdirectory("tunelab").FullName;
        try
        {
            var plan = PlanReader.ReadFile(RepositoryFile.At("configs/churn.yaml"), [new("budget.trials", "6"), new("trainers", "[linear]"), new("output.folder", folder)]);

            var catalog = EmbeddedTrainers.Catalog();
            using var store = SqliteTrialStore.Open(Path.Combine(folder, "tunelab.db"), TimeProvider.System);
            var experiment = LoadedExperiment.Load(plan, catalog);
            var result = new ExperimentRunner(store, TimeProvider.System, ExperimentRunner.StandardWriters).Run(experiment, new RunOptions());
            Assert.NotEmpty(result.Verdict.Sentence);

            var model = ModelPackage.Load(result.Files["model"], catalog);
            var row = model.PredictRow(new Dictionary<string, string?> { ["age"] = "41", ["contract"] = "monthly" });
            Assert.InRange(row.Values[0], 0, 1);

            // a table gives the same number as its first row alone
            var data = CsvDatasetReader.Read(RepositoryFile.At("data-samples/churn.csv"), model.ReadOptions());
            var first = model.Inputs.ToDictionary(i => i.Name, i => (string?)data[i.Name].Text(0));
            Assert.Equal(model.Predict(data)[0], model.PredictRow(first).Values[0]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
