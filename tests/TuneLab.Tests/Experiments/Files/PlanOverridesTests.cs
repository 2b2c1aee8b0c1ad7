namespace TuneLab.Tests.Experiments.Files;

public class PlanOverridesTests
{
    [Fact]
    public void Read_Overrides_ReplaceAddAndReachIntoLists()
    {
        var plan = Plans.Read(
            Plans.Full,
            ("budget.trials", "20"),
            ("space.boosting.learning_rate.high", "0.2"),
            ("space.linear.l2.low", "0.5"),
            ("stages.0.trials", "10"),
            ("trainers", "[linear, boosting]"),
            ("expect", "{ at_least: 0.9 }"));

        Assert.Equal(20, plan.Budget.Trials);
        Assert.Equal(12, plan.Budget.Patience);
        Assert.Equal((0.01, 0.2), (plan.Space["boosting"]["learning_rate"].Low, plan.Space["boosting"]["learning_rate"].High));
        Assert.Equal(0.5, plan.Space["linear"]["l2"].Low);
        Assert.Equal(10, plan.Stages[0].Trials);
        Assert.Equal(["linear", "boosting"], plan.Trainers);
        Assert.Equal(0.9, plan.Expect.AtLeast);
    }

    [Fact]
    public void Read_OverrideTwice_TakesTheLast() => Assert.Equal(3, Plans.Read(Plans.Minimal, ("seed", "2"), ("seed", "3")).Seed);

    [Fact]
    public void Read_OverrideWithNothing_RemovesTheKey() => Assert.Null(Plans.Read(Plans.Full, ("budget.trials", "")).Budget.Trials);

    [Theory]
    [InlineData("budget.trials", "none", "--set budget.trials=none: 'budget.trials' is 'none'; allowed is a whole number of at least 1.")]
    [InlineData("metrc", "auc", "--set metrc=auc: unknown key 'metrc'; did you mean 'metric'?*")]
    [InlineData("stages.9.trials", "1", "--set stages.9.trials=1: 'stages' has no entry '9'; its entries are numbered 0 to 2.")]
    [InlineData("seed.root", "1", "--set seed.root=1: 'seed' is '-7' (churn.yaml line 31) and has no keys; set 'seed' as a whole.")]
    [InlineData("budget..trials", "1", "--set budget..trials=1: a key is written like budget.trials, with a name between the dots.")]
    [InlineData("trainers", "[a", "--set trainers=[a: not valid YAML: *")]
    public void Read_WrongOverride_NamesTheOption(string key, string value, string expected)
    {
        var fault = Plans.Fault(Plans.Full, (key, value));

        if (expected.EndsWith('*'))
        {
            Assert.StartsWith(expected[..^1], fault);
        }
        else
        {
            Assert.Equal(expected, fault);
        }
    }

    [Fact]
    public void Read_OverrideMakesLowExceedHigh_SaysWhere()
        => Assert.Equal(
            "Parameter 'boosting.learning_rate': low 0.5 exceeds high 0.3; swap them in churn.yaml line 24.",
            Plans.Fault(Plans.Full, ("space.boosting.learning_rate.low", "0.5")));
}
