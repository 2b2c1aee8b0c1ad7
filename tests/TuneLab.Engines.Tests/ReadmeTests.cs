using TuneLab.Data;
using TuneLab.Experiments.Files;
using TuneLab.Testing;
using TuneLab.Training.Packaging;

namespace TuneLab.Engines.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task Readme_FromCSharp_RunsAsItStands()
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-readme-").FullName;
        try
        {
            var plan = PlanReader.ReadFile(RepositoryFile.At("configs/churn.yaml"), [new("budget.trials", "6"), new("trainers", "[linear]"), new("output.folder", folder)]);

            var result = await (Experiment.From(plan) with { StorePath = Path.Combine(folder, "tunelab.db") }).RunAsync();
            Assert.NotEmpty(result.Verdict.Sentence);

            var model = ModelPackage.Load(result.Files["model"], EngineCatalog.Create());
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
