using System.Text.Json;
using TuneLab.MLNet;
using TuneLab.Testing;

namespace TuneLab.Cli.Tests.Runs;

/// <summary><c>ensemble: true</c> from the experiment file to predictions.</summary>
public sealed class EnsembleTests : IDisposable
{
    private static readonly string[] Several = ["--set", "ensemble=true", "--set", "trainers=[boosting, linear]", "--trials", "6"];

    private readonly CliFolder _folder = new();

    public EnsembleTests() => ToyTable.WriteTo(_folder);

    [Fact]
    public void Run_Ensemble_ReportsItAndPredictsWithIt()
    {
        var result = _folder.Run(["run", "toy.yaml", "--json", "--quiet", .. Several]).Expect(0).Json();
        var ensemble = result.GetProperty("ensemble");
        Assert.Equal(1, ensemble.GetProperty("members").EnumerateArray().Sum(m => m.GetProperty("weight").GetDouble()), 1e-12);
        Assert.Equal(ensemble.GetProperty("holdout").GetProperty("value").GetDouble() - result.GetProperty("best").GetProperty("holdout").GetProperty("value").GetDouble(), ensemble.GetProperty("gain").GetProperty("effect").GetDouble(), 1e-12);
        Assert.Contains("## Ensemble beside the winner", File.ReadAllText(_folder.At("runs/toy/report.md")), StringComparison.Ordinal);
        using var file = JsonDocument.Parse(File.ReadAllText(_folder.At("runs/toy/experiment.json")));
        Assert.True(JsonElement.DeepEquals(ensemble, file.RootElement.GetProperty("result").GetProperty("ensemble")));

        var (winner, mixed) = (Rows(), Rows("--ensemble"));
        Assert.Equal(winner.Length, mixed.Length);
        Assert.Equal("probability,prediction", mixed[0]);
        Assert.NotEqual(winner, mixed);
    }

    [Fact]
    public void Predict_EnsembleOfAZipWithoutOne_SaysHowToGetOne()
    {
        _folder.Run("run", "toy.yaml", "--quiet", "--trials", "2").Expect(0);
        _folder.Run("predict", "runs/toy/model.zip", "toy.csv", "--ensemble").ExpectBadInput("holds no ensemble", "ensemble: true");
    }

    [Fact]
    public void Run_InHosts_GivesTheSameZip()
    {
        _folder.Run(["run", "toy.yaml", "--quiet", "--jobs", "2", .. Several]).Expect(0);
        using var other = new CliFolder();
        ToyTable.WriteTo(other);
        other.Run(["run", "toy.yaml", "--quiet", "--jobs", "1", "--set", "isolate=true", .. Several]).Expect(0);
        Assert.Equal(File.ReadAllBytes(_folder.At("runs/toy/model.zip")), File.ReadAllBytes(other.At("runs/toy/model.zip")));
    }

    [SkippableFact]
    public async Task Kill_BeforeTheEnsemble_TheNextRunMakesTheSame()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "a process is killed by its id");
        string[] more = [.. Several, "--set", "stages.0.trials=120", "--set", "budget.trials=124"];
        using var whole = new CliFolder();
        ToyTable.WriteTo(whole);
        whole.Run(["run", "toy.yaml", "--quiet", .. more]).Expect(0);
        using (var run = ChildProcess.Start(_folder, ["run", "toy.yaml", "--verbose", "--jobs", "2", .. more]))
        {
            await run.Printed("trial 9, ");
            run.Kill();
            Assert.NotEqual(0, await run.Ended());
        }

        _folder.Run(["run", "toy.yaml", "--quiet", .. more]).Expect(0);
        Assert.Equal(File.ReadAllBytes(whole.At("runs/toy/model.zip")), File.ReadAllBytes(_folder.At("runs/toy/model.zip")));
        Assert.Equal(whole.Run("predict", "runs/toy/model.zip", "toy.csv", "--ensemble").Expect(0).Output, _folder.Run("predict", "runs/toy/model.zip", "toy.csv", "--ensemble").Expect(0).Output);
    }

    [SkippableFact]
    public void Run_BesideAnMLNetWinner_LiesInMLNetsZip()
    {
        Skip.IfNot(EngineAvailability.IsAvailable, EngineAvailability.HowToGet);
        string[] more = ["--set", "trainers=[lightgbm, fasttree]", "--set", "space={}", "--set", "metric=logloss", "--set", "ensemble=true", "--set", "stages=auto", "--trials", "5"];
        var result = _folder.Run(["run", "toy.yaml", "--json", "--quiet", .. more]).Expect(0).Json();
        Assert.True(result.GetProperty("ensemble").TryGetProperty("members", out var members), result.GetProperty("ensemble").GetRawText());
        Assert.InRange(members.GetArrayLength(), 2, 5);
        Assert.True(MLNetZip.IsModel(File.ReadAllBytes(_folder.At("runs/toy/model.zip"))));
        Assert.NotEqual(Rows(), Rows("--ensemble"));
    }

    [SkippableFact]
    public void Run_RealTable_IsNotFarFromTheWinner()
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        _folder.Run("init", SharedData.Csv("diabetes"), "--label", "progression").Expect(0);
        var json = _folder.Run(["run", "diabetes.yaml", "--json", "--quiet", "--set", "space.boosting.rounds=40", .. Several]).Expect(0).Json();
        var (single, ensemble) = (json.GetProperty("best").GetProperty("holdout").GetProperty("value").GetDouble(), json.GetProperty("ensemble").GetProperty("holdout").GetProperty("value").GetDouble());
        Assert.InRange(ensemble, 0.9 * single, 1.05 * single); // an rmse
        _folder.Run("predict", "runs/diabetes/model.zip", SharedData.Csv("diabetes"), "--ensemble", "-o", "out.csv").Expect(0);
        Assert.Equal(SharedData.Tables().First(t => t.Name == "diabetes").Rows + 1, File.ReadAllLines(_folder.At("out.csv")).Length);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Rows(params string[] more) => _folder.Run(["predict", "runs/toy/model.zip", "toy.csv", .. more]).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
