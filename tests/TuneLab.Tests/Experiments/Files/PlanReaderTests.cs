using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Space;
using TuneLab.Testing;

namespace TuneLab.Tests.Experiments.Files;

public class PlanReaderTests
{
    [Fact]
    public void Read_OnlyDataAndLabel_FillsEveryDefault()
    {
        var plan = Plans.Read(Plans.Minimal);

        Assert.Equal("churn", plan.Name);
        Assert.Equal(Plans.File, plan.File);
        Assert.Equal(Path.GetFullPath("/lab/configs/churn.csv"), plan.Data.File);
        Assert.Equal("churned", plan.Data.Roles.Label);
        Assert.Equal(Path.GetFullPath("/lab/configs/runs/churn"), plan.Output.Folder);
        Assert.Equal(new Expectation(), plan.Expect);
        Assert.Equal(new ValidationPlan(), plan.Validate);
        Assert.Equal(new BudgetPlan(), plan.Budget);
        Assert.Equal((1, true, 1L), (plan.Output.KeepModels, plan.Output.Refit, plan.Seed));
        Assert.Null(plan.Task);
        Assert.Null(plan.Metric);
        Assert.Null(plan.Data.Missing);
        Assert.Null(plan.Data.Separator);
        Assert.Null(plan.Data.Header);
        Assert.Empty(plan.Trainers);
        Assert.Empty(plan.Space);
        Assert.Empty(plan.Stages);
    }

    [Fact]
    public void Read_EveryKey_ReadsEveryValue()
    {
        var plan = Plans.Read(Plans.Full);

        Assert.Equal("The winner beats the best default: by 5 %.", plan.Hypothesis);
        Assert.Equal(new Expectation { Beats = "forest", By = 0.05, Relative = true, Metric = "prauc" }, plan.Expect);
        Assert.Equal(Path.GetFullPath("/lab/data/churn.csv"), plan.Data.File);
        Assert.Equal(["customer_id", "7"], plan.Data.Roles.Ignore);
        Assert.Equal(("yes", "w", "household", "signed_up", "part"), (plan.Data.Roles.Positive, plan.Data.Roles.Weight, plan.Data.Roles.Group, plan.Data.Roles.Time, plan.Data.Roles.Split));
        Assert.Equal([new("tenure", MonotoneDirection.Decreasing), new("bill", MonotoneDirection.Increasing)], plan.Data.Roles.Monotone);
        Assert.Equal(ColumnType.Category, plan.Data.Types["zip"]);
        Assert.Equal(["", "NA", "?"], plan.Data.Missing);
        Assert.Equal('\t', plan.Data.Separator);
        Assert.True(plan.Data.Header);
        Assert.Equal(LearningTask.Binary, plan.Task);
        Assert.Equal(new ValidationPlan { Folds = 4, Holdout = 0.25, Repeats = 2, Kind = "given", Column = "part" }, plan.Validate);
        Assert.Equal(["boosting", "forest"], plan.Trainers);
        Assert.Equal(-7, plan.Seed);
        Assert.Equal(new BudgetPlan { Time = TimeSpan.FromMinutes(90), Trials = 40, Target = 0.93, Patience = 12, Deadline = new TimeOnly(7, 30), MemoryBytes = 3L << 29, TrialTime = TimeSpan.FromSeconds(30), TrialMemoryBytes = 3L << 28 }, plan.Budget);
        Assert.True(plan.Isolate);
        Assert.True(plan.Ensemble);
        Assert.Equal(
            [
                new StagePlan { Name = "coarse", Sampler = "lhs", Trials = 64, Rows = 0.2, Share = 0.5 },
                new StagePlan { Name = "refine", Sampler = "sobol", Passes = 2, Trials = 24, Keep = 0.3, Shrink = 0.6, Rows = 0.5, Rounds = 0.25, Folds = 2, Halving = 3, Over = FidelityKind.Rounds, Prune = "median" },
                new StagePlan { Name = "confirm", Top = 4, Repeats = 6, Share = 0.2 },
            ],
            plan.Stages);
        Assert.Equal(new OutputPlan { Folder = Path.GetFullPath("/lab/configs/out"), KeepModels = 2, Refit = false }, plan.Output);
    }

    [Fact]
    public void Read_Space_KeepsFormsAndLines()
    {
        var space = Plans.Read(Plans.Full).Space;

        Assert.Equal(new ParameterEdit { Low = 0.01, High = 0.3, Scale = Scale.Log, Where = "churn.yaml line 24" }, space["boosting"]["learning_rate"]);
        Assert.Equal(new ParameterEdit { Low = 8, High = 64, Step = 8, Where = "churn.yaml line 25" }, space["boosting"]["leaves"]);
        Assert.Equal(["leaf", "level"], space["boosting"]["growth"].Choices);
        Assert.Equal(200, space["boosting"]["rounds"].Fixed!.Value.Number);
        Assert.Equal("gini", space["forest"]["criterion"].Fixed!.Value.Name);
        Assert.Equal(["sqrt", "all"], space["forest"]["features"].Choices);
        Assert.Equal("churn.yaml line 30", space["forest"]["features"].Where);
    }

    [Fact]
    public void Read_AtLeast_HasNoRival()
        => Assert.Equal(new Expectation { Beats = null, AtLeast = 0.85, Metric = "auc" }, Plans.Read(Plans.Minimal + "expect: { metric: auc, at_least: 0.85 }").Expect);

    [Fact]
    public void Read_GivenSplit_HasNoHoldoutByDefault()
        => Assert.Equal(0, Plans.Read(Plans.Minimal + "validate: { kind: given, column: part }").Validate.Holdout);

    [Fact]
    public void Read_StagesWithoutConfirm_AddsItLast()
        => Assert.Equal([new StagePlan { Name = "coarse" }, new StagePlan { Name = "confirm" }], Plans.Read(Plans.Minimal + "stages: [{ name: coarse }]").Stages);

    [Fact]
    public void Read_StagesAuto_LeavesThemOpen() => Assert.Empty(Plans.Read(Plans.Minimal + "stages: auto").Stages);

    [Fact]
    public void Read_OneTrainerWithoutBrackets_IsAList() => Assert.Equal(["linear"], Plans.Read(Plans.Minimal + "trainers: linear").Trainers);

    [Fact]
    public void Read_KeysWithNothingAfterThem_AreAsIfLeftOut()
    {
        var plan = Plans.Read(Plans.Minimal + "question:\nbudget: ~\nvalidate: { folds: }\nspace:\n  boosting:\n");

        Assert.Null(plan.Question);
        Assert.Equal(new BudgetPlan(), plan.Budget);
        Assert.Equal(5, plan.Validate.Folds);
        Assert.Empty(plan.Space);
    }

    [Fact]
    public void Read_AnchorAndMerge_AreResolved()
    {
        var plan = Plans.Read(Plans.Minimal + "space:\n  boosting: &b { rounds: 10, leaves: 8 }\n  forest: { <<: *b, leaves: 4 }\n");

        Assert.Equal(10, plan.Space["forest"]["rounds"].Fixed!.Value.Number);
        Assert.Equal(4, plan.Space["forest"]["leaves"].Fixed!.Value.Number);
    }

    [Fact]
    public void Read_JsonWithTabs_IsReadLikeYaml()
        => Assert.Equal("y", Plans.Read("{\n\t\"data\": {\n\t\t\"file\": \"a.csv\",\n\t\t\"label\": \"y\"\n\t}\n}").Data.Roles.Label);

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    public void Read_Duration_HasItsUnit(string text, double seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), Plans.Read(Plans.Minimal + $"budget: {{ time: {text} }}").Budget.Time);

    [Theory]
    [InlineData("100B", 100L)]
    [InlineData("512MB", 512L << 20)]
    [InlineData("2GB", 2L << 30)]
    public void Read_Memory_CountsIn1024(string text, long bytes)
        => Assert.Equal(bytes, Plans.Read(Plans.Minimal + $"budget: {{ memory: {text} }}").Budget.MemoryBytes);

    [Theory]
    [InlineData("7%", 0.07, true)]
    [InlineData("0.1 %", 0.001, true)]
    [InlineData("1e-3", 0.001, false)]
    [InlineData("-0.01", -0.01, false)]
    public void Read_By_IsAnAmountOrAPercentage(string text, double by, bool relative)
    {
        var expect = Plans.Read(Plans.Minimal + $"expect: {{ by: {text} }}").Expect;

        Assert.Equal((by, relative), (expect.By, expect.Relative));
    }

    [Fact]
    public void Read_NameWithSlash_StaysInsideRuns()
        => Assert.Equal(Path.GetFullPath("/lab/configs/runs/a-..-b"), Plans.Read(Plans.Minimal + "name: a/../b").Output.Folder);

    [Fact]
    public void ReadFile_EveryConfig_IsRead()
    {
        // the folder may hold other kinds of file in folders of their own; experiments lie on top
        foreach (var file in Directory.EnumerateFiles(RepositoryFile.At("configs"), "*.yaml"))
        {
            var plan = PlanReader.ReadFile(file);

            Assert.True(File.Exists(plan.Data.File), $"{file} names {plan.Data.File}, which is not there.");
        }
    }
}
