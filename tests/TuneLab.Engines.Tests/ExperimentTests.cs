using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting;
using TuneLab.Storage;
using TuneLab.Testing;
using TuneLab.Training.Packaging;

namespace TuneLab.Engines.Tests;

/// <summary>Experiments from C#, as a program would run them.</summary>
public sealed class ExperimentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tunelab-engines-");

    private ExperimentPlan Plan => new()
    {
        Name = "species",
        Data = new DataPlan { File = RepositoryFile.At("data-samples/species.csv"), Roles = new DataRoles { Label = "species" } },
        Trainers = ["linear"],
        Budget = new BudgetPlan { Trials = 3 },
        Stages = [new StagePlan { Name = "coarse", Sampler = "random", Trials = 2 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        Validate = new ValidationPlan { Folds = 3 },
        Output = new OutputPlan { Folder = Path.Combine(_folder.FullName, "out") },
    };

    private string StorePath => Path.Combine(_folder.FullName, "tunelab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_PlanMadeInCode_AnswersAndLeavesAModelThatPredicts()
    {
        var result = await (Experiment.From(Plan) with { StorePath = StorePath }).RunAsync();

        Assert.True(result.Complete);
        Assert.Equal("linear", result.Best.Trainer);
        Assert.Equal(["analysis.json", "experiment.json", "model.zip", "report.html", "report.md", "trials.csv"], Directory.GetFiles(Plan.Output.Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        var model = ModelPackage.Load(Path.Combine(Plan.Output.Folder, "model.zip"), EngineCatalog.Create());
        var data = CsvDatasetReader.Read(Plan.Data.File);
        Assert.Equal(data.RowCount * model.Outputs, model.Predict(data).Length);
    }

    [Fact]
    public async Task RunAsync_AnotherMetricOnTheSameStore_TrainsNothingTwice()
    {
        var experiment = Experiment.From(Plan) with { StorePath = StorePath };
        var first = await experiment.RunAsync();
        var second = await (experiment with { Plan = Plan with { Name = "again", Output = new OutputPlan { Folder = Path.Combine(_folder.FullName, "again") }, Metric = "accuracy" }, Options = new RunOptions { Jobs = 1, Threads = 1 } }).RunAsync();

        Assert.True(first.Evaluations.Computed > 0);
        Assert.InRange(second.Evaluations.Cached, 3, int.MaxValue); // the default's folds, whatever ranks trials
    }

    [Fact]
    public void Run_TableInMemoryAndCallersStore_IsTheRunOfTheFile()
    {
        using var store = new MemoryTrialStore(TimeProvider.System);
        var fromFile = (Experiment.From(Plan) with { StorePath = StorePath }).Run();
        var fromMemory = (Experiment.From(Plan) with { Data = CsvDatasetReader.Read(Plan.Data.File), Store = store }).Run();

        Assert.Equal(fromFile.Best.Configuration, fromMemory.Best.Configuration);
        Assert.Equal(fromFile.Best.Validation, fromMemory.Best.Validation);
        Assert.NotEmpty(store.Trials(1)); // still the caller's, and open
    }

    [Fact]
    public async Task RunAsync_StoppedBeforeAnything_SaysSo()
        => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => (Experiment.From(Plan) with { StorePath = StorePath }).RunAsync(new CancellationToken(canceled: true)));

    [Fact]
    public void Run_IsolatedWithoutAProgramForHosts_SaysWhereToNameOne()
    {
        var fault = Assert.Throws<InputException>(() => (Experiment.From(Plan with { Isolate = true }) with { StorePath = StorePath }).Run());

        Assert.Contains("isolate: true", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Experiment.Host", fault.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_HostThatCanNotBeStarted_FailsWithWords()
    {
        var experiment = Experiment.From(Plan with { Isolate = true }) with { StorePath = StorePath, Host = new HostCommand(Path.Combine(_folder.FullName, "no-such-program"), []) };

        Assert.Contains("no-such-program", Assert.ThrowsAny<TuneLabException>(() => experiment.Run()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FromFile_ExperimentFile_HasItsPlan()
        => Assert.Equal("species", Experiment.FromFile(RepositoryFile.At("configs/species.yaml")).Plan.Name);
}
