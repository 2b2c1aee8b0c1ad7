using System.Globalization;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Testing;

namespace TuneLab.Tests.Experiments.Files;

public class PlanJsonTests
{
    [Fact]
    public void Write_EveryKey_MatchesTheGoldenFile()
        => Golden.Matches("tests/TuneLab.Tests/Experiments/Files/Golden/full.json", PlanJson.Write(Plans.Read(Plans.Full)).Replace(Path.GetFullPath("/lab"), "/lab", StringComparison.Ordinal) + "\n");

    [Theory]
    [InlineData(Plans.Minimal)]
    [InlineData(Plans.Full)]
    [InlineData(Plans.Minimal + "expect: { at_least: 0.1 }\nbudget: { time: 0.5s, memory: 12345B }\n")]
    [InlineData(Plans.Minimal + "expect: { by: 7% }\nspace: { a: { b: 1e-300, c: 0.30000000000000004, d: \"10\", e: {} } }\n")]
    [InlineData(Plans.Minimal + "name: \"\\\"Ünïcode\\\" <b> \\\\ \\n\"\nstages: [{ name: x, trials: 3 }]\n")]
    public void Canonical_ReadBack_IsAnEqualPlan(string text)
    {
        var plan = Plans.Read(text);

        var back = Plans.Read(PlanJson.Canonical(plan));

        AssertEqual(plan, back);
        AssertEqual(plan, Plans.Read(PlanJson.Write(plan)));
        Assert.Equal(PlanJson.Canonical(plan), PlanJson.Canonical(back));
    }

    [Theory]
    [InlineData(0.07)]
    [InlineData(0.29)]
    [InlineData(1.1)]
    [InlineData(0.012345678901234567)]
    [InlineData(1e-9)]
    public void Canonical_Percentage_RoundTripsToTheLastBit(double by)
    {
        var plan = Plans.Read(Plans.Minimal) with { Expect = new Expectation { By = by, Relative = true } };

        Assert.Equal(by, Plans.Read(PlanJson.Canonical(plan)).Expect.By);
    }

    [Fact]
    public void Canonical_OtherSpellingOfTheSame_IsTheSameText()
    {
        var one = Plans.Read("seed: 1\ndata: { label: churned, file: ./churn.csv }\nvalidate: { folds: 5 }\nbudget: { time: 60m }");
        var other = Plans.Read(Plans.Minimal + "budget: { time: 1h }");

        Assert.Equal(PlanJson.Canonical(other), PlanJson.Canonical(one));
        Assert.NotEqual(PlanJson.Canonical(other), PlanJson.Canonical(one with { Seed = 2 }));
        Assert.DoesNotContain("monotone", PlanJson.Canonical(one)); // identities of before there were any stay
        Assert.DoesNotContain("\n", PlanJson.Canonical(one));
    }

    [Fact]
    public void Canonical_EmptyMonotone_IsAsIfLeftOut()
        => Assert.Equal(PlanJson.Canonical(Plans.Read(Plans.Minimal)), PlanJson.Canonical(Plans.Read(Plans.Minimal.Replace(" }", ", monotone: {} }", StringComparison.Ordinal))));

    // records compare lists by reference, so the parts are compared one by one
    private static void AssertEqual(ExperimentPlan expected, ExperimentPlan actual)
    {
        Assert.Equal((expected.Name, expected.Question, expected.Hypothesis, expected.Expect), (actual.Name, actual.Question, actual.Hypothesis, actual.Expect));
        Assert.Equal((expected.Data.File, expected.Data.Separator, expected.Data.Header), (actual.Data.File, actual.Data.Separator, actual.Data.Header));
        Assert.Equal(expected.Data.Types, actual.Data.Types);
        Assert.Equal(expected.Data.Missing, actual.Data.Missing);
        Assert.Equal(expected.Data.Roles with { Ignore = [] }, actual.Data.Roles with { Ignore = [], Monotone = expected.Data.Roles.Monotone });
        Assert.Equal(expected.Data.Roles.Monotone.OrderBy(m => m.Key), actual.Data.Roles.Monotone.OrderBy(m => m.Key));
        Assert.Equal(expected.Data.Roles.Ignore, actual.Data.Roles.Ignore);
        Assert.Equal((expected.Task, expected.Metric, expected.Validate, expected.Seed, expected.Budget, expected.Output), (actual.Task, actual.Metric, actual.Validate, actual.Seed, actual.Budget, actual.Output));
        Assert.Equal(expected.Trainers, actual.Trainers);
        Assert.Equal(expected.Stages, actual.Stages);
        Assert.Equal(Edits(expected), Edits(actual));
    }

    private static List<string> Edits(ExperimentPlan plan)
        => [.. from trainer in plan.Space
               from edit in trainer.Value
               let e = edit.Value
               orderby trainer.Key, edit.Key
               select string.Create(CultureInfo.InvariantCulture, $"{trainer.Key}.{edit.Key} {e.Low:R} {e.High:R} {e.Scale} {e.Step:R} [{string.Join("|", e.Choices ?? [])}] {e.Fixed} {e.Fixed?.Name is null}")];
}
