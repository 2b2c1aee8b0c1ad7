using System.IO.Compression;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Answer;
using TuneLab.Experiments.Output;
using TuneLab.Experiments.Running;
using TuneLab.Experiments.Search;
using TuneLab.Metrics;
using TuneLab.Storage;
using TuneLab.Tests.Experiments.Running;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.Tests.Experiments.Ensembles;

public sealed class EnsembleRunTests
{
    [Fact]
    public void Run_WithEnsemble_TellsItBesideTheSameWinner()
    {
        using var plain = new Bench();
        using var bench = new Bench();
        var alone = plain.Run(Alone(plain));
        var result = bench.Run(Plan(bench));

        Assert.Null(alone.Ensemble);
        Assert.Null(alone.EnsembleLeftOut);
        Assert.Equal(plain.Trials(), bench.Trials());
        Assert.Equal(alone.Best.Holdout, result.Best.Holdout);
        Assert.Equal(alone.Verdict, result.Verdict);

        var ensemble = result.Ensemble!;
        Assert.Null(result.EnsembleLeftOut);
        Assert.InRange(ensemble.Members.Count, 2, 10);
        Assert.Equal(1, ensemble.Members.Sum(m => m.Weight), 1e-12);
        Assert.True(ensemble.Validation >= ensemble.Single);
        // the candidates' scores are those of the trials, but for floats of 4 bytes
        Assert.Equal(bench.Monitor.Trials.Where(t => t is { Stage: not "confirm", Rows: 1, Status: TrialStatus.Completed }).Max(t => t.Score), ensemble.Single, 1e-6);
        Assert.Equal(ensemble.Holdout!.Value, ensemble.Scores["auc"]);
        Assert.Equal(ensemble.Holdout.Value - result.Best.Holdout!.Value, ensemble.Gain!.Effect, 1e-12);
        Assert.InRange(ensemble.Gain.Effect, ensemble.Gain.Low, ensemble.Gain.High);
        Assert.Equal(result.HoldoutLooks, ensemble.Members.Select(m => m.Trial).Append(result.Best.Trial).Append(result.Baseline.Trial).Distinct().Count() + 1);
    }

    [Fact]
    public void Run_ItsTrialsLeftThePredictions_FitsNoFoldAgain()
    {
        using var plain = new Bench();
        using var bench = new Bench();
        plain.Run(Alone(plain));
        var result = bench.Run(Plan(bench));
        var members = result.Ensemble!.Members.Select(m => m.Trial).Except([result.Best.Trial, result.Baseline.Trial]).Count();
        Assert.InRange(bench.Trainer.Fits - plain.Trainer.Fits, members, members + 1); // the baseline is fitted for its predictions only, so as a member once more
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_AnyNumberOfJobs_SameEnsembleToTheLastByte(int jobs)
    {
        using var two = new Bench();
        using var other = new Bench();
        var expected = two.Run(Plan(two));
        other.Trainer.OnRound = round => Thread.SpinWait((round * 7919) % 5 * 2000);
        var result = other.Run(Plan(other), jobs);

        AssertSame(expected, result);
        Assert.Equal(File.ReadAllBytes(expected.Files["model"]), File.ReadAllBytes(result.Files["model"]));
    }

    [Fact]
    public void Run_StoppedAndGoneOn_SameEnsemble()
    {
        using var whole = new Bench();
        using var bench = new Bench();
        var expected = whole.Run(Plan(whole));
        using var stop = new CancellationTokenSource();
        bench.Monitor.OnTrial = t =>
        {
            if (t.Number == 19)
            {
                stop.Cancel();
            }
        };
        var first = bench.Run(Plan(bench), stop: stop.Token);
        bench.Monitor.OnTrial = null;
        Assert.False(first.Complete);
        Assert.Null(first.Ensemble);
        Assert.Contains("stopped", first.EnsembleLeftOut, StringComparison.Ordinal);
        AssertSame(expected, bench.Run(Plan(bench)));
    }

    [Fact]
    public void Run_FoldsFromTheCacheWithoutPredictions_FitsThemAgainToTheSameEnsemble()
    {
        using var fresh = new Bench();
        using var bench = new Bench();
        var expected = fresh.Run(Plan(fresh));
        bench.Run(Alone(bench));
        var fits = bench.Trainer.Fits;
        var result = bench.Run(Plan(bench));

        AssertSame(expected, result);
        Assert.True(bench.Trainer.Fits - fits >= 3 * result.Ensemble!.Candidates, $"{bench.Trainer.Fits - fits} fits for {result.Ensemble.Candidates} candidates of 3 folds");
        Assert.Equal(File.ReadAllBytes(expected.Files["model"]), File.ReadAllBytes(result.Files["model"]));
    }

    [Fact]
    public void Run_Again_ComputesNothingAndSaysTheSame()
    {
        using var bench = new Bench();
        var first = bench.Run(Plan(bench));
        var fits = bench.Trainer.Fits;
        AssertSame(first, bench.Run(Plan(bench)));
        Assert.Equal(fits, bench.Trainer.Fits);
    }

    [Fact]
    public void Run_NoHoldout_HasAnEnsembleWithoutAHoldoutScore()
    {
        using var bench = new Bench();
        // a seed with which a mixture does better than the best alone
        var result = Enumerable.Range(1, 9).Select(seed => bench.Run(Plan(bench) with { Seed = seed, Validate = new ValidationPlan { Folds = 3, Holdout = 0 } })).First(r => r.Ensemble is not null);
        Assert.Null(result.Ensemble!.Holdout);
        Assert.Null(result.Ensemble.Gain);
        Assert.Empty(result.Ensemble.Scores);
        Assert.Equal(0, result.HoldoutLooks);
    }

    [Fact]
    public void Run_OneTrial_LeavesItOutWithTheReason()
    {
        using var bench = new Bench();
        var plan = Plan(bench) with { Budget = new BudgetPlan { Trials = 1 }, Stages = [new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] };
        var result = bench.Run(plan);
        Assert.Null(result.Ensemble);
        Assert.Contains("fewer than two trials", result.EnsembleLeftOut, StringComparison.Ordinal);
        Assert.Contains("fewer than two trials", File.ReadAllText(result.Files["experiment"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, "its [0-9]+ members need about [0-9]+\\.0 s to be fitted on all training rows, and [0-9.]+ s of the budget are left")]
    [InlineData(0, "it was not ready when the time budget was used up")]
    public void Build_TimeThatIsNotEnough_LeavesItOutWithTheReason(double seconds, string reason)
    {
        using var bench = new Bench();
        bench.Run(Plan(bench));
        var (experiment, id) = (bench.Load(Plan(bench)), bench.Store.Experiments().Single().Id);
        var state = new SearchState(experiment, [], []);
        foreach (var trial in bench.Store.Trials(id))
        {
            state.Add(trial);
        }

        var table = Workbench.OfTable(experiment, state, id, bench.Store, new RunOptions { Jobs = 1, Threads = 1 }, ProcessMemory.Of(TimeProvider.System, []), new FoldTimers(TimeProvider.System, null, _ => { }), TimeProvider.System);
        var built = table.Ensembles!.Build(new Answered(null!, null!, null!, []), TimeSpan.FromSeconds(seconds), _ => 2000, CancellationToken.None);

        Assert.Null(built.Summary);
        Assert.Matches("^" + reason + "$", built.LeftOut);
        Assert.True(table.Ensembles.Reserve(TimeSpan.FromSeconds(100), _ => 3) > 3);
    }

    [Fact]
    public void Identity_WithoutEnsemble_IsWhatItWas()
    {
        using var bench = new Bench();
        Assert.DoesNotContain("ensemble", FrozenPlan.Write(bench.Load(bench.Plan()).Resolved), StringComparison.Ordinal);
        Assert.NotEqual(bench.Load(bench.Plan()).Identity, bench.Load(Plan(bench)).Identity);
    }

    [Fact]
    public void Load_TheZip_GivesTheWinnerUnlessTheEnsembleIsAskedFor()
    {
        using var bench = new Bench();
        var result = bench.Run(Plan(bench));
        var data = Bench.Data();
        var experiment = bench.Load(Plan(bench));
        using var zip = File.OpenRead(result.Files["model"]);
        var ensemble = ModelPackage.LoadEnsemble(zip, "model.zip", Catalog(bench)).Predict(data, threads: 2);
        zip.Position = 0;
        var winner = ModelPackage.Load(zip, "model.zip", Catalog(bench)).Predict(data);

        Assert.Equal(result.Ensemble!.Holdout!.Value, Auc(ensemble), 1e-12);
        Assert.Equal(result.Best.Holdout!.Value, Auc(winner), 1e-12);
        Assert.NotEqual(winner, ensemble);

        // the winner's model is not written twice
        zip.Position = 0;
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
        var ofWinner = result.Ensemble.Members.Any(m => m.Trial == result.Best.Trial) ? 1 : 0;
        Assert.Equal(result.Ensemble.Members.Count - ofWinner, archive.Entries.Count(e => e.Name.StartsWith("ensemble-", StringComparison.Ordinal)));

        double Auc(double[] values) => MetricCatalog.Get("auc", LearningTask.Binary).Score(
            new Predictions(LearningTask.Binary, [.. experiment.Holdout.Select(r => experiment.Table.Target[r])], [.. experiment.Holdout.Select(r => values[r])], 1));
    }

    [Fact]
    public void LoadEnsemble_ZipWithoutOne_SaysHowToGetOne()
    {
        using var bench = new Bench();
        using var zip = File.OpenRead(bench.Run(Alone(bench)).Files["model"]);
        var error = Assert.Throws<TuneLab.Errors.InputException>(() => ModelPackage.LoadEnsemble(zip, "model.zip", Catalog(bench)));
        Assert.Contains("holds no ensemble", error.Message, StringComparison.Ordinal);
        Assert.Contains("ensemble: true", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void ResultJson_WithEnsembleOrReason_RoundTrips()
    {
        using var bench = new Bench();
        var result = bench.Run(Plan(bench));
        AssertSame(result, ResultJson.Read(ResultJson.Write(result)));
        var without = ResultJson.Read(ResultJson.Write(result with { Ensemble = null, EnsembleLeftOut = "because" }));
        Assert.Null(without.Ensemble);
        Assert.Equal("because", without.EnsembleLeftOut);
    }

    private static ExperimentPlan Plan(Bench bench) => Alone(bench) with { Ensemble = true };

    // trials that differ much, all on all rows; with this seed ten of them do better together than the best one alone
    private static ExperimentPlan Alone(Bench bench) => bench.Plan() with { Seed = 8, Stages = [new StagePlan { Name = "coarse", Sampler = "random", Prune = "none" }, new StagePlan { Name = "confirm", Top = 2, Repeats = 2 }] };

    private static TrainerCatalog Catalog(Bench bench) => new([bench.Trainer]);

    private static void AssertSame(ExperimentResult expected, ExperimentResult actual)
    {
        Assert.NotNull(expected.Ensemble);
        Assert.Equal(expected.Ensemble.Members, actual.Ensemble?.Members);
        Assert.Equal(expected.Ensemble.Scores, actual.Ensemble!.Scores);
        Assert.Equal(expected.Ensemble with { Members = [], Scores = new Dictionary<string, double>() } is var e ? (e.Candidates, e.Metric, e.Validation, e.Single, e.Holdout, e.Gain) : default,
            actual.Ensemble is var a ? (a.Candidates, a.Metric, a.Validation, a.Single, a.Holdout, a.Gain) : default);
    }
}
