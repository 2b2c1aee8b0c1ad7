using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;

namespace TuneLab.Tests.Experiments.Files;

public sealed class StageFidelityTests
{
    [Theory]
    [InlineData("{ name: coarse, halving: 3, over: rounds }", "does not say from how many")]
    [InlineData("{ name: coarse, over: folds }", "belongs to 'halving'")]
    [InlineData("{ name: confirm, rounds: 0.5 }", "stage 'confirm' has 'rounds'")]
    [InlineData("{ name: coarse, halving: 3, over: columns }", "over")]
    public void Read_KeysThatDoNotFit_SaysWhatToDo(string stage, string expected)
        => Assert.Contains(expected, string.Join("\n", Assert.Throws<InputException>(() => Read(stage)).Faults), StringComparison.Ordinal);

    [Fact]
    public void Read_OverFolds_BeginsWithOne()
    {
        var stage = Read("{ name: coarse, halving: 2, over: folds }").Stages[0];
        Assert.Equal((FidelityKind.Folds, null), (stage.Over, stage.Folds));
        Assert.Equal(0.2, TuneLab.Experiments.Search.Rungs.Start(stage, 5).Folds);
    }

    private static ExperimentPlan Read(string stage) => PlanReader.Read($"name: t\ndata: {{ file: t.csv, label: y }}\nstages:\n  - {stage}\n", "/lab/t.yaml");
}
