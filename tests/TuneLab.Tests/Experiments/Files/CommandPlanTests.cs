using System.Text.Json.Nodes;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Space;

namespace TuneLab.Tests.Experiments.Files;

public class CommandPlanTests
{
    private const string Short = "trainer: command\nrun: prog {x}\nspace: { x: { low: 0, high: 1 } }\n";

    [Fact]
    public void Read_Program_IsReadWhole()
    {
        var plan = Plans.Read(Plans.Program);

        Assert.Equal(Path.GetFullPath("/lab/configs"), plan.Command!.Folder);
        Assert.Equal([Path.GetFullPath("/lab/configs/train.py"), Path.GetFullPath("/lab/configs/data")], plan.Command.Inputs);
        Assert.Equal(("accuracy_top5", false, 30), (plan.Metric, plan.Command.Maximize, plan.Command.Rounds));
        Assert.Equal((0, 0.0, 2), (plan.Validate.Folds, plan.Validate.Holdout, plan.Validate.Repeats));
        Assert.Same(DataPlan.None, plan.Data);
        var space = plan.Space[CommandPlan.Trainer];
        Assert.Equal(["flag", "kind", "layers", "learning_rate"], space.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((true, ParameterValue.Of(3)), (space["layers"].Whole, space["layers"].Default!.Value));
        Assert.Equal(ParameterValue.Of("2"), space["kind"].Default);
        Assert.Equal(ParameterValue.Of("fast"), space["flag"].Fixed);
    }

    [Fact]
    public void Read_NoMetric_IsScoreMaximized()
        => Assert.Equal(("score", true), (Plans.Read(Short).Metric, Plans.Read(Short).Command!.Maximize));

    [Theory]
    [InlineData("rmse", false)]
    [InlineData("auc", true)]
    public void Read_KnownMetric_HasItsDirection(string metric, bool maximize)
        => Assert.Equal((metric, maximize), (Plans.Read(Short + $"metric: {metric}").Metric, Plans.Read(Short + $"metric: {metric}").Command!.Maximize));

    [Theory]
    [InlineData(Short)]
    [InlineData(Plans.Program)]
    [InlineData(Short + "metric: auc\nvalidate: { repeats: 3 }\nexpect: { at_least: 0.5 }\n")]
    public void Canonical_ReadBack_IsTheSameText(string text)
    {
        var canonical = PlanJson.Canonical(Plans.Read(text));

        Assert.Equal(canonical, PlanJson.Canonical(Plans.Read(canonical)));
    }

    [Theory]
    [InlineData("run: prog {x} {y}\nspace: { x: { low: 0, high: 1 } }", "line 2", "{y}", "did you mean 'x'?")]
    [InlineData("run: prog {x} {round}\nspace: { x: { low: 0, high: 1 } }", "line 2", "did you mean 'rounds'?")]
    [InlineData("run: prog {x} {rounds}\nspace: { x: { low: 0, high: 1 } }", "line 2", "needs the key 'rounds'")]
    [InlineData("run: prog {x}\nrounds: 3\nspace: { x: { low: 0, high: 1 } }", "line 3", "'rounds' is not in 'run'")]
    [InlineData("run: prog\nspace: { x: { low: 0, high: 1 } }", "line 3", "'space.x' is not in 'run'")]
    [InlineData("run: prog {x} \"\nspace: { x: { low: 0, high: 1 } }", "line 2", "a quote (\") is not closed")]
    [InlineData("run: prog {x} {\nspace: { x: { low: 0, high: 1 } }", "line 2", "write {{")]
    [InlineData("run: prog {rows}\nspace: { rows: { low: 0, high: 1 } }", "line 3", "'space.rows' can't be a parameter")]
    [InlineData("run: prog {x}\nspace: { x: 3 }", "line 3", "nothing to search")]
    [InlineData("run: prog {x}\nspace: { x: { low: 0 } }", "line 3", "needs low and high")]
    [InlineData("run: prog {x}\nspace: { x: { low: 0, high: 2.5, type: int } }", "line 3", "whole numbers")]
    [InlineData("run: prog {x}\nspace: { x: { low: 0, high: 1, default: 2 } }", "line 3", "default 2")]
    [InlineData("run: prog {x}\nspace: { x: { low: 0, high: 1, typ: int } }", "line 3", "did you mean 'type'?")]
    [InlineData("run: prog {x}", "line 1", "'space' is missing")]
    [InlineData("space: { x: { low: 0, high: 1 } }", "line 1", "'run' is missing")]
    [InlineData("run: prog {x}\nspace: { x: [a, b] }\ntask: binary", "line 4", "'task' is for trainers on a table")]
    [InlineData("run: prog {x}\nspace: { x: [a, b] }\nvalidate: { folds: 3 }", "line 4", "'validate.folds' parts rows")]
    [InlineData("run: prog {x}\nspace: { x: [a, b] }\nexpect: { beats: forest }", "line 4", "'forest'")]
    [InlineData("run: prog {x}\nspace: { x: [a, b] }\nmetric: scor", "line 4", "{ name: score, direction: maximize }")]
    [InlineData("run: prog {x}\nspace: { x: [a, b] }\nmetric: { name: s, direction: up }", "line 4", "maximize or minimize")]
    public void Read_OneFault_IsNamedWithItsLine(string text, params string[] words)
    {
        var fault = Plans.Fault("trainer: command\n" + text + "\n");
        Assert.All(words, w => Assert.Contains(w, fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ManyFaults_AreNamedAtOnce()
        => Assert.Equal(6, Plans.Faults("trainer: command\nrun: prog {a} {b}\nspace: { c: { low: 1, high: 0 } }\nisolate: true\nensemble: true\n").Count);

    [Theory]
    [InlineData("run: prog\n", "'run' belongs to a program")]
    [InlineData("metric: { name: s, direction: maximize }\n", "only a program's score needs")]
    [InlineData("trainer: comand\n", "did you mean 'command'?")]
    public void Read_ProgramsKeysBesideATable_AreFaults(string more, string words)
        => Assert.Contains(words, Plans.Fault(Plans.Minimal + more), StringComparison.Ordinal);

    [Fact]
    public void Schema_TakesThePrograms()
    {
        var schema = JsonNode.Parse(PlanSchema.ToJson())!.AsObject();
        Assert.Empty(SchemaWalker.Check(schema, JsonNode.Parse(PlanJson.Canonical(Plans.Read(Plans.Program)))));
        Assert.Empty(SchemaWalker.Check(schema, JsonNode.Parse(PlanJson.Canonical(Plans.Read(Short)))));
        Assert.NotEmpty(SchemaWalker.Check(schema, JsonNode.Parse("""{ "trainer": "command", "run": "x" }""")));
    }
}
