using TuneLab.Experiments;
using TuneLab.Experiments.Forecasting;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Forecasting;

public sealed class PlannedWorkTests
{
    private static readonly ExperimentPlan Plan = new()
    {
        Name = "p",
        Data = DataPlan.None,
        Trainers = ["a", "b"],
        Budget = new BudgetPlan { Trials = 32 },
        Output = new OutputPlan { Folder = "." },
        Stages = [new() { Name = "coarse", Trials = 10, Rows = 0.2 }, new() { Name = "refine", Trials = 5, Passes = 2, Rows = 0.5 }, new() { Name = "polish", Trials = 10 }, new() { Name = "confirm" }],
    };

    [Fact]
    public void Left_NothingDone_IsThePlan()
        => Assert.Equal(["defaults 2 1", "coarse 10 0.2", "refine 5 0.5", "refine 5 0.5", "polish 10 1"], Left(Plan)!);

    [Fact]
    public void Left_StageUnderWay_LacksWhatIsDoneAndAllStagesBefore()
        => Assert.Equal(["refine 3 0.5", "polish 10 1"], Left(Plan, ("defaults", 2), ("coarse", 9), ("refine", 7))!);

    [Fact]
    public void Left_SmallerBudget_CutsTheLastOnes()
        => Assert.Equal(["refine 3 0.5", "polish 2 1"], Left(Plan with { Budget = new BudgetPlan { Trials = 24 } }, ("defaults", 2), ("coarse", 10), ("refine", 7))!);

    [Fact]
    public void Left_RaisedBudget_GoesOnAtTheEnd()
        => Assert.Equal(["polish 4 1", "polish 8 1"], Left(Plan with { Budget = new BudgetPlan { Trials = 40 } }, ("defaults", 2), ("coarse", 10), ("refine", 10), ("polish", 6))!);

    [Fact]
    public void Left_ConfirmHasBegun_IsNothing() => Assert.Empty(Left(Plan, ("defaults", 2), ("coarse", 3), ("confirm", 1))!);

    [Fact]
    public void Left_OnlyTimeSaysHowMany_IsUnknown()
        => Assert.Null(Left(Plan with { Budget = new BudgetPlan { Time = TimeSpan.FromMinutes(1) }, Stages = [new() { Name = "coarse" }, new() { Name = "confirm" }] }));

    [Fact]
    public void Left_StageThatHalves_HasItsRungs()
        => Assert.Equal(["defaults 2 1", "coarse 9 0.11", "coarse 5 0.33", "coarse 3 1"], Left(Plan with { Stages = [new() { Name = "coarse", Trials = 9, Rows = 0.11, Halving = 3 }, new() { Name = "confirm" }], Budget = new BudgetPlan() })!);

    private static string[]? Left(ExperimentPlan plan, params (string Stage, int Count)[] done)
    {
        var number = 0;
        var trials = done.SelectMany(d => Enumerable.Range(0, d.Count).Select(_ => d.Stage)).Select(stage => new FinishedTrial
        {
            Number = number++, Stage = stage, Pass = 0, Configuration = new Configuration("a", []), Status = TrialStatus.Completed, Cached = false, Scores = [1], Rows = 1, Rounds = 1,
            StartedSeconds = 0, FinishedSeconds = 1, FitSeconds = 1, ScoreSeconds = 0, Reason = "", Evaluations = [],
        }).ToList();
        return PlannedWork.Left(plan, trials, 5) is not { } left ? null : [.. left.Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p.Stage.Name} {p.Trials} {p.Fidelity.Rows:0.##}"))];
    }
}
