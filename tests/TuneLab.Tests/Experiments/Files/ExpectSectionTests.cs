using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;

namespace TuneLab.Tests.Experiments.Files;

public sealed class ExpectSectionTests
{
    [Theory]
    [InlineData("within: 0.01", 0.01, false, "default", null)]
    [InlineData("within: 0.01 of forest", 0.01, false, "forest", null)]
    [InlineData("trainer: linear, within: 2% of best", 0.02, true, "best", "linear")]
    [InlineData("trainer: linear, within: 2%", 0.02, true, "best", "linear")]
    [InlineData("within: \"0 of last year's churn\"", 0, false, "last year's churn", null)]
    public void Within_IsAnAmountAndARival(string expect, double most, bool relative, string rival, string? trainer)
    {
        var read = Read(expect);
        Assert.Equal((most, relative, rival, trainer, null), (read.Within, read.Relative, read.Rival, read.Trainer, read.Beats));
        var plan = Plan(expect);
        Assert.Equal(read, PlanReader.Read(PlanJson.Canonical(plan), "plan.json").Expect);
    }

    [Fact]
    public void FasterBy_GoesWithBothKindsOfRival()
    {
        Assert.Equal(2, Read("within: 0.01, faster_by: 2").FasterBy);
        Assert.Equal((1.5, "forest"), (Read("beats: forest, faster_by: 1.5").FasterBy, Read("beats: forest, faster_by: 1.5").Rival));
    }

    [Theory]
    [InlineData("within: -0.01", "at least 0")]
    [InlineData("within: much of forest", "'0.01 of best'")]
    [InlineData("within: 0.01 of best", "compares the winner with itself")]
    [InlineData("within: 0.01, beats: forest", "exclude each other")]
    [InlineData("within: 0.01, by: 0.1", "exclude each other")]
    [InlineData("at_least: 0.8, within: 0.01", "exclude each other")]
    [InlineData("at_least: 0.8, faster_by: 2", "exclude each other")]
    [InlineData("faster_by: 0", "above 0")]
    public void Fault_IsNamed(string expect, string part)
        => Assert.Contains(part, string.Join('\n', Assert.Throws<InputException>(() => Read(expect)).Message), StringComparison.Ordinal);

    private static Expectation Read(string expect) => Plan(expect).Expect;

    private static ExperimentPlan Plan(string expect) => PlanReader.Read($"data: {{ file: a.csv, label: y }}\nexpect: {{ {expect} }}\n", "plan.yaml");
}
