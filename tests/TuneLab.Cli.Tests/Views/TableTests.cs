using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Testing;
using TuneLab.Testing.Stores;

namespace TuneLab.Cli.Tests.Views;

/// <summary>The tables of status and trials, from a store with known content.</summary>
public sealed class TableTests : IDisposable
{
    private readonly CliFolder _folder = new();
    private readonly CliEnvironment _environment;

    public TableTests()
    {
        var time = new ManualTime();
        _environment = _folder.Environment with { Time = time };
        using var store = SqliteTrialStore.Open(_folder.Store, time);
        var churn = store.OpenExperiment(StoreSamples.Hash("a"), "churn", StoreSamples.Hash("data"), """{"metric":"auc","task":"binary"}""");
        store.AddTrial(churn.Id, Trial(0, "defaults", 0.85, 1));
        store.AddTrial(churn.Id, Trial(1, "coarse", 0.99, 0.2));
        store.AddTrial(churn.Id, Trial(2, "coarse", 0.875, 1));
        store.AddTrial(churn.Id, Trial(3, "coarse", double.NaN, 1) with { Status = TrialStatus.Failed, Scores = [], Reason = "no row has a label" });
        store.AddTrial(churn.Id, Trial(4, "confirm", 0.95, 1));
        store.AddStage(churn.Id, new StageRecord(0, "defaults", "trials", "1 trial, as planned", 1, 2, []));
        store.AddStage(churn.Id, new StageRecord(1, "coarse", "time", "its share of the time is used", 3, 3725, ["linear is out: 0.02 behind"]));
        store.UpdateExperiment(churn.Id, ExperimentState.Finished, "Supported: the winner is better.", 3730, """{"verdict":{"outcome":"supported"}}""");
        time.Advance(TimeSpan.FromMinutes(90));
        var houses = store.OpenExperiment(StoreSamples.Hash("b"), "houses", StoreSamples.Hash("other"), """{"metric":"rmse","task":"regression"}""");
        store.AddTrial(houses.Id, Trial(0, "defaults", 54231.5, 1));
        store.AddTrial(houses.Id, Trial(1, "coarse", 50111.25, 1));
        store.UpdateExperiment(houses.Id, ExperimentState.Stopped, "stopped by a signal", 12, null);
    }

    [Theory]
    [InlineData("status", "status")]
    [InlineData("status churn", "status-one")]
    [InlineData("trials 1", "trials")]
    [InlineData("trials houses --top 1", "trials-top")]
    [InlineData("trials", "trials-latest")]
    public void Table_OfKnownContent_IsTheGoldenFile(string line, string file)
        => Golden.Matches($"tests/TuneLab.Cli.Tests/Golden/{file}.txt", _folder.Neutral(CliFolder.Run(_environment, line.Split(' ')).Expect(0).Output));

    [Fact]
    public void Status_WhenAnExperimentChanged_IsToldInTheTimeZoneOfTheWorker()
    {
        _folder.Write("store/worker.yaml", "time_zone: Asia/Tokyo\n");
        Assert.Contains(" 2026-01-05 17:00\n", CliFolder.Run(_environment, "status", "churn").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_BestOfAnExperiment_IsOnAllRowsAndNotConfirms()
    {
        var best = CliFolder.Run(_environment, "status", "churn", "--json").Expect(0).Json().GetProperty("experiments")[0].GetProperty("best");
        Assert.Equal(2, best.GetProperty("trial").GetInt32());
        Assert.Equal(0.875, best.GetProperty("score").GetDouble());
    }

    [Fact]
    public void Status_MarkedAsRunning_IsInterruptedUnlessSomebodyRunsIt()
    {
        using var store = SqliteTrialStore.Open(_folder.Store, new ManualTime());
        var killed = store.OpenExperiment(StoreSamples.Hash("c"), "killed", StoreSamples.Hash("data"), """{"metric":"auc","task":"binary"}""");
        store.UpdateExperiment(killed.Id, ExperimentState.Running, "", 1, null);
        Assert.Equal("interrupted", State());
        using (store.TryLock(killed.Id))
        {
            Assert.Equal("running", State());
        }

        string? State() => CliFolder.Run(_environment, "status", "killed", "--json").Expect(0).Json().GetProperty("experiments")[0].GetProperty("state").GetString();
    }

    [Fact]
    public void Export_WithoutAModel_SaysSoAndWritesNothing()
    {
        CliFolder.Run(_environment, "export", "houses", "-o", "x.zip").ExpectBadInput("'houses' has no model yet: it is stopped");
        Assert.Empty(_folder.Files());
    }

    public void Dispose() => _folder.Dispose();

    private static FinishedTrial Trial(int number, string stage, double score, double rows) => new()
    {
        Number = number,
        Stage = stage,
        Pass = stage switch { "defaults" => 0, "coarse" => 1, _ => 2 },
        Configuration = new Configuration("boosting", [new("leaves", 31 + number), new("learning_rate", 0.1 / (number + 1)), new("extra_trees", "no")]),
        Status = TrialStatus.Completed,
        Cached = number == 2,
        Scores = [score * 0.75, score * 1.25],
        Rows = rows,
        Rounds = 120,
        StartedSeconds = number,
        FinishedSeconds = number + 0.5,
        FitSeconds = 0.25,
        ScoreSeconds = 0.125,
        Reason = "",
        Evaluations = [StoreSamples.Key(number)],
    };
}
