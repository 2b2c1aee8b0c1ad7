using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Output;
using TuneLab.Storage;
using TuneLab.Training;
using TuneLab.Training.Packaging;

namespace TuneLab.Tests.Experiments.Running;

public sealed class ExperimentRunnerTests
{
    [Fact]
    public void Run_WholePlan_EndsWithWinnerVerdictAndFiles()
    {
        using var bench = new Bench();
        var result = bench.Run(bench.Plan());

        Assert.True(result.Complete);
        Assert.Equal(30, bench.Monitor.Trials.Count(t => t.Stage != "confirm"));
        Assert.Equal("defaults", bench.Monitor.Trials.Single(t => t.Number == 0).Stage);
        Assert.Equal(1, bench.Monitor.Trials.Single(t => t.Number == 0).Rows);
        Assert.True(result.Best.Confirm!.Mean >= result.Baseline.Confirm!.Mean);
        Assert.NotNull(result.Best.Holdout);
        Assert.NotEmpty(result.Verdict.Sentence);
        Assert.All(result.Files.Values, file => Assert.True(File.Exists(file), file));
        Assert.All(result.Stages, stage => Assert.NotEmpty(stage.Reason));
        Assert.False(bench.Monitor.CalledTwiceAtOnce);
        Assert.Empty(Directory.GetFiles(bench.Plan().Output.Folder, "*.part-*"));
    }

    [Fact]
    public void Run_Again_ComputesNothingAndSaysTheSame()
    {
        using var bench = new Bench();
        var first = bench.Run(bench.Plan());
        var fits = bench.Trainer.Fits;
        Directory.Delete(bench.Plan().Output.Folder, recursive: true);
        var second = bench.Run(bench.Plan());

        Assert.Equal(fits, bench.Trainer.Fits);
        Assert.Equal(0, second.Evaluations.Computed);
        Assert.Equal(second.Trials.Total, second.Trials.Cached);
        Assert.Equal(first.Best.Configuration, second.Best.Configuration);
        Assert.Equal(first.Best.Holdout, second.Best.Holdout);
        Assert.Equal(first.Verdict, second.Verdict);
        Assert.Equal(first.HoldoutLooks, second.HoldoutLooks);
        Assert.All(second.Files.Values, file => Assert.True(File.Exists(file), file));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Run_AnyNumberOfJobs_SameTrials(int jobs)
    {
        using var two = new Bench();
        using var other = new Bench();
        var expected = two.Run(two.Plan());
        // slow folds finish out of order
        other.Trainer.OnRound = round => Thread.SpinWait((round * 7919) % 5 * 2000);
        var result = other.Run(other.Plan(), jobs);

        Assert.Equal(two.Trials(), other.Trials());
        Assert.Equal(expected.Best.Configuration, result.Best.Configuration);
        Assert.Equal(expected.Verdict, result.Verdict);
        Assert.Equal(File.ReadAllBytes(expected.Files["model"]), File.ReadAllBytes(result.Files["model"]));
    }

    [Fact]
    public void Run_OtherMetric_TrainsNothingTwice()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan());
        var fits = bench.Trainer.Fits;
        var plan = bench.Plan() with { Metric = "brier", Stages = [.. bench.Plan().Stages.Where(s => s.Name is "coarse" or "confirm")] };
        var result = bench.Run(plan);

        // defaults and coarse trials are drawn alike, so only confirm's new finalists and their refits are computed
        Assert.Equal("brier", result.Best.Metric);
        Assert.True(bench.Trainer.Fits - fits <= result.Evaluations.Computed);
        Assert.True(result.Evaluations.Cached >= 16 * 3);
    }

    [Fact]
    public void Run_StoppedAtAnyTrial_GoesOnToTheSameEnd()
    {
        using var whole = new Bench();
        var expected = whole.Run(whole.Plan());
        using var bench = new Bench();
        foreach (var after in new[] { 1, 4, 9, 17, 26 })
        {
            using var stop = new CancellationTokenSource();
            bench.Monitor.Trials.Clear();
            bench.Monitor.OnTrial = _ =>
            {
                if (bench.Monitor.Trials.Count(t => t.Stage != "confirm") >= after)
                {
                    stop.Cancel();
                }
            };
            var partial = bench.Run(bench.Plan(), stop: stop.Token);
            Assert.False(partial.Complete);
            Assert.True(File.Exists(partial.Files["model"]));
            Assert.Equal(ExperimentState.Stopped, bench.Store.Experiments()[0].State);
        }

        bench.Monitor.OnTrial = null;
        var result = bench.Run(bench.Plan());

        Assert.True(result.Complete);
        Assert.Equal(whole.Trials(), bench.Trials());
        Assert.Equal(expected.Best.Configuration, result.Best.Configuration);
        Assert.Equal(expected.Verdict, result.Verdict);
    }

    [Fact]
    public void Run_StopBeforeAnyTrial_SaysThatNothingCanBeExported()
    {
        using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var error = Assert.Throws<StoppedException>(() => bench.Run(bench.Plan(), stop: stop.Token));
        Assert.Contains("nothing can be exported", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AllTrialsFail_ListsReasonsByCount()
    {
        using var bench = new Bench();
        bench.Trainer.Fails = _ => true;
        var error = Assert.Throws<NoAnswerException>(() => bench.Run(bench.Plan()));
        Assert.Contains("All 30 trials failed", error.Message, StringComparison.Ordinal);
        Assert.Contains("30 x gradient: this configuration can't be learned", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExperimentState.Failed, bench.Store.Experiments()[0].State);
    }

    [Fact]
    public void Run_SomeTrialsFail_GoesOnAndCountsThem()
    {
        using var bench = new Bench();
        bench.Trainer.Fails = c => c.Choice("kind", "") == "squashed";
        var result = bench.Run(bench.Plan());
        Assert.True(result.Complete);
        Assert.InRange(result.Trials.Failed, 1, 29);
        Assert.Equal("plain", result.Best.Configuration.Choice("kind", ""));
        Assert.All(bench.Monitor.Trials.Where(t => t.Status == TrialStatus.Failed), t => Assert.NotEmpty(t.Reason));
    }

    [Fact]
    public void Run_TargetReached_EndsEachStageThere()
    {
        using var bench = new Bench();
        var plan = bench.Plan(60) with { Budget = new BudgetPlan { Trials = 60, Target = 0.5 } };
        var result = bench.Run(plan);
        Assert.Contains(result.Stages, s => s.Exit == "target" && s.Reason.Contains("trial 0 reached", StringComparison.Ordinal));
        Assert.True(result.Trials.Total < 60);
    }

    [Fact]
    public void Run_Patience_EndsAStageThatFindsNothing()
    {
        using var bench = new Bench();
        var plan = bench.Plan() with
        {
            Budget = new BudgetPlan { Patience = 10 },
            Stages = [new StagePlan { Name = "search", Sampler = "random", Trials = 400 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        var result = bench.Run(plan);
        Assert.Equal("patience", result.Stages[1].Exit);
        Assert.True(result.Stages[1].Trials < 400);
    }

    [Fact]
    public void Run_TimeBudget_EndsInTimeWithAnAnswer()
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 2);
        var plan = bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(4) }, Stages = [] };
        var result = bench.Run(plan);
        Assert.InRange(result.Seconds.Wall, 3, 4.5);
        Assert.True(result.Complete);
        Assert.True(File.Exists(result.Files["model"]));
        Assert.Contains(result.Stages, s => s.Exit == "time");
        var fits = bench.Trainer.Fits;
        bench.Run(plan);
        Assert.Equal(fits, bench.Trainer.Fits); // a used-up run only reports again
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(60, false)]
    public void Run_TimeBudget_LeavesTimeForTheAnalysesOrSaysThatThereIsNone(int milliseconds, bool fits)
    {
        using var bench = new Bench { With = o => o with { LearningCurve = true } };
        bench.Trainer.Taking(bench.Time, milliseconds);
        var result = bench.Run(bench.Plan() with { Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(12) }, Stages = [] }, jobs: 1);
        var analysis = TuneLab.Experiments.Output.AnalysisJson.Read(bench.Store.FindBlob(1, "analysis.json")!)!;
        Assert.InRange(result.Seconds.Wall, 6, 17);
        Assert.Equal(fits, analysis.Rows.HasValue);
        Assert.True(fits ? analysis.Features.HasValue : analysis.Rows.NotYet == "the time budget had no room for it", analysis.Rows.NotYet ?? analysis.Features.NotYet);
    }

    [Fact]
    public void Run_BudgetRaised_GoesOnFromThere()
    {
        using var bench = new Bench();
        var small = bench.Run(bench.Plan());
        var before = bench.Trials();
        var raised = bench.Plan() with { Budget = new BudgetPlan { Trials = 60 } };
        var result = bench.Run(raised);
        Assert.True(result.Complete);
        Assert.Equal(before, bench.Trials().Take(before.Count));
        Assert.Equal(60, bench.Store.Trials(bench.Store.Experiments().Single().Id).Count(t => t.Stage != "confirm"));
        Assert.True(result.Trials.Total > small.Trials.Total + 25);
        var fits = bench.Trainer.Fits;
        bench.Run(raised);
        Assert.Equal(fits, bench.Trainer.Fits);
    }

    [Fact]
    public void Run_AutoWithTrialsAndMoreTimeThanTheyNeed_HasTheStagesAndTrialsOfTheTrialsAlone()
    {
        using var both = new Bench();
        using var trials = new Bench();
        both.Run(both.Plan() with { Budget = new BudgetPlan { Trials = 40, Time = TimeSpan.FromHours(1) }, Stages = [] });
        trials.Run(trials.Plan() with { Budget = new BudgetPlan { Trials = 40 }, Stages = [] });
        Assert.Equal(["coarse", "refine", "polish"], both.Monitor.Stages.Select(s => s.Stage).Distinct().Where(s => s is not ("defaults" or "confirm")));
        Assert.Equal(trials.Trials(), both.Trials());
    }

    [Fact]
    public void Run_OnlySomeStagesSayHowManyTrials_Ends()
    {
        using var bench = new Bench();
        bench.Run(bench.Plan() with { Budget = new BudgetPlan(), Stages = [new StagePlan { Name = "coarse", Sampler = "random", Trials = 70 }, new StagePlan { Name = "refine", Sampler = "sobol" }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }] });
        Assert.Equal(1 + 70 + 70, bench.Store.Trials(1).Count(t => t.Stage != "confirm"));
    }

    [Fact]
    public void Run_FoldOverItsTime_FailsWithTheReason()
    {
        using var bench = new Bench();
        bench.Trainer.Taking(bench.Time, 4);
        var plan = bench.Plan(4) with { Budget = new BudgetPlan { Trials = 3, TrialTime = TimeSpan.FromMilliseconds(60) } };
        var error = Assert.Throws<NoAnswerException>(() => bench.Run(plan));
        Assert.Contains("budget.trial_time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FoldOfOneClass_SaysWhichFoldHasNoScore()
    {
        using var bench = new Bench();
        var data = Bench.Data();
        var label = ((TuneLab.Data.NumberColumn)data["y"]).Values.Select((y, row) => row is > 50 and < 100 ? 0 : y).ToArray();
        var table = new TuneLab.Data.Dataset("made.csv", [data["a"], new TuneLab.Data.NumberColumn("t", [.. Enumerable.Range(0, label.Length).Select(i => (double)i)]), new TuneLab.Data.NumberColumn("y", label)]);
        var plan = bench.Plan() with
        {
            Data = new DataPlan { File = "made.csv", Roles = new TuneLab.Data.DataRoles { Label = "y", Time = "t" } },
            Validate = new ValidationPlan { Folds = 5, Kind = "time" },
        };
        var experiment = LoadedExperiment.From(plan, table, new TrainerCatalog([bench.Trainer]));
        var error = Assert.Throws<NoAnswerException>(() => new ExperimentRunner(bench.Store, TimeProvider.System, []).Run(experiment, new RunOptions(), bench.Monitor, default));
        Assert.Contains("auc is not defined on fold 2 of 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutHoldout_IsUndecidedAndExports()
    {
        using var bench = new Bench();
        var result = bench.Run(bench.Plan() with { Validate = new ValidationPlan { Folds = 3, Holdout = 0 } });
        Assert.Null(result.Best.Holdout);
        Assert.Equal(VerdictOutcome.Undecided, result.Verdict.Outcome);
        Assert.Equal(0, result.HoldoutLooks);
        Assert.True(File.Exists(result.Files["model"]));
    }

    [Fact]
    public void Run_AnotherProcessHasIt_SaysSo()
    {
        using var bench = new Bench();
        var plan = bench.Plan();
        var identity = bench.Load(plan).Identity;
        var record = bench.Store.OpenExperiment(identity, "bench", bench.Load(plan).Table.Fingerprint, "{}");
        using var held = bench.Store.TryLock(record.Id);
        var error = Assert.Throws<BusyException>(() => bench.Run(plan));
        Assert.Contains("Another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutputFolderBelowAFile_FailsBeforeTheFirstTrial()
    {
        using var bench = new Bench();
        var file = Path.Combine(bench.Folder, "file");
        File.WriteAllText(file, "");
        var error = Assert.Throws<UnreachableException>(() => bench.Run(bench.Plan() with { Output = new OutputPlan { Folder = Path.Combine(file, "out") } }));
        Assert.Contains("can't be written", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Trainer.Fits);
    }

    [Fact]
    public void Run_MonitorThrows_GoesOnWithoutIt()
    {
        using var bench = new Bench();
        bench.Monitor.OnTrial = _ => throw new InvalidOperationException("broken monitor");
        Assert.True(bench.Run(bench.Plan()).Complete);
        Assert.Single(bench.Monitor.Trials);
    }

    [Fact]
    public void Load_ModelZip_PredictsTheNumbersOfTheProcessThatTrainedIt()
    {
        using var bench = new Bench();
        var result = bench.Run(bench.Plan());
        var model = ModelPackage.Load(result.Files["model"], new TrainerCatalog([bench.Trainer]));
        var loaded = bench.Load(bench.Plan());
        var predictions = model.Predict(loaded.Table.Data);
        var truth = loaded.Holdout.Select(r => loaded.Table.Target[r]).ToArray();
        var auc = ((TuneLab.Metrics.Metric)loaded.Resolved.Metric).Score(new TuneLab.Metrics.Predictions(loaded.Table.Task, truth, [.. loaded.Holdout.Select(r => predictions[r])], 1));
        Assert.Equal(result.Best.Holdout!.Value, auc);
        Assert.Equal(result.Best.Holdout.Value, model.Card.Scores["holdout.auc"]);
        var row = model.PredictRow(new Dictionary<string, string?> { ["b"] = loaded.Table.Data["b"].Text(3), ["a"] = loaded.Table.Data["a"].Text(3) });
        Assert.Equal(predictions[3], row.Values[0], 12);
        Assert.Equal(predictions[3] >= 0.5 ? "1" : "0", row.Label);
    }

    [Fact]
    public void ResultJson_RoundTrip_KeepsEverything()
    {
        using var bench = new Bench();
        var result = bench.Run(bench.Plan());
        foreach (var outOfBag in new[] { null, new OutOfBagScore("auc", 0.75, 1234) })
        {
            var text = ResultJson.Write(result with { Best = result.Best with { OutOfBag = outOfBag } });
            Assert.Equal(text, ResultJson.Write(ResultJson.Read(text)));
            Assert.Equal(outOfBag, ResultJson.Read(text).Best.OutOfBag);
        }
    }

    [Fact]
    public void ResultJson_StoredBeforeOutOfBagScores_IsRead()
    {
        using var bench = new Bench();
        var text = ResultJson.Write(bench.Run(bench.Plan()));
        var old = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        Assert.True(old["best"]!.AsObject().Remove("out_of_bag"));
        Assert.Equal(text, ResultJson.Write(ResultJson.Read(old.ToJsonString())));
    }

    [Fact]
    public void Run_OtherExpectation_DecidesAnewFromTheCache()
    {
        using var bench = new Bench();
        var first = bench.Run(bench.Plan());
        var fits = bench.Trainer.Fits;
        var second = bench.Run(bench.Plan() with { Expect = new Expectation { By = 0.9 } });
        Assert.Equal(VerdictOutcome.Refuted, second.Verdict.Outcome);
        Assert.Equal(first.Best.Configuration, second.Best.Configuration);
        Assert.InRange(bench.Trainer.Fits - fits, 0, 2); // the models of winner and rival, no fold
    }

    [Fact]
    public void Load_ColumnsInAnotherOrder_IsTheSameExperimentWithTheSameFeatures()
    {
        using var bench = new Bench();
        var data = Bench.Data();
        var turned = new TuneLab.Data.Dataset("turned.csv", [.. data.Columns.Reverse()]);
        var (a, b) = (bench.Load(bench.Plan()), LoadedExperiment.From(bench.Plan(), turned, new TrainerCatalog([bench.Trainer])));
        Assert.Equal(a.Identity, b.Identity);
        Assert.Equal(a.Table.Features.Select(f => f.Name), b.Table.Features.Select(f => f.Name));
    }

    [Fact]
    public void Identity_IsolatedOrNot_IsTheSame()
    {
        using var bench = new Bench();
        var (plain, isolated) = (bench.Load(bench.Plan()), bench.Load(bench.Plan() with { Isolate = true }));
        Assert.Equal(plain.Identity, isolated.Identity);
        Assert.Equal(FrozenPlan.WriteForModel(plain.Resolved), FrozenPlan.WriteForModel(isolated.Resolved));
        Assert.NotEqual(plain.Identity, bench.Load(bench.Plan() with { Budget = new BudgetPlan { Trials = 30, TrialMemoryBytes = 1 << 30 } }).Identity);
    }

    [Fact]
    public void Run_AFinalistFailsInConfirm_IsOutAndHoldsNoOtherBack()
    {
        using var reference = new Bench();
        var best = reference.Run(reference.Plan()).Best;
        using var bench = new Bench();
        var confirming = false;
        bench.Monitor.OnStage = stage => confirming = stage.Stage == "confirm";
        bench.Trainer.Fails = c => confirming && c.Equals(best.Configuration);
        var result = bench.Run(bench.Plan());
        Assert.NotEqual(best.Configuration, result.Best.Configuration);
        Assert.Equal(2, result.Best.Confirm!.Count);
        Assert.Equal(2, result.Baseline.Confirm!.Count);
    }

    [Fact]
    public void Run_StoppedInConfirm_ConfirmsWithinTheGrace()
    {
        using var bench = new Bench();
        using var stop = new CancellationTokenSource();
        bench.Monitor.OnStage = stage =>
        {
            if (stage.Stage == "confirm")
            {
                stop.Cancel();
            }
        };
        var result = bench.Run(bench.Plan(), stop: stop.Token);
        Assert.True(result.Complete); // a few milliseconds of work fit into the grace
        Assert.Equal(2, result.Best.Confirm!.Count);
    }

    [Fact]
    public void Run_TrainerCancelsUnasked_IsAFailedTrialAndNoHang()
    {
        using var bench = new Bench();
        bench.Trainer.OnRound = round =>
        {
            if (round == 3)
            {
                throw new OperationCanceledException("lost its licence");
            }
        };
        var error = Assert.Throws<NoAnswerException>(() => bench.Run(bench.Plan(4)));
        Assert.Contains("the trainer gave up: lost its licence", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherFeaturesOnTheSameRows_CountAsLooksAtTheSameHoldout()
    {
        using var bench = new Bench();
        var first = bench.Run(bench.Plan());
        var second = bench.Run(bench.Plan() with { Data = bench.Plan().Data with { Roles = new TuneLab.Data.DataRoles { Label = "y", Ignore = ["b"] } } });
        Assert.Equal(2, first.HoldoutLooks);
        Assert.True(second.HoldoutLooks > first.HoldoutLooks);
    }
}
