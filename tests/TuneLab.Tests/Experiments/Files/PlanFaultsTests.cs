using TuneLab.Errors;
using TuneLab.Experiments.Files;
using TuneLab.Testing;

namespace TuneLab.Tests.Experiments.Files;

public class PlanFaultsTests
{
    // each file has the one fault that stands in the golden file beside it
    private static readonly string[] Wrong =
    [
        "metrc: auc",
        "metric: acu",
        "stages: [{ name: coarse, sampler: sobbol }]",
        "validate: { fold: 3 }",
        "validate: { folds: 1 }",
        "validate: { folds: five }",
        "validate: { folds: \"5\" }",
        "validate: { folds: 2.5 }",
        "validate: { holdout: 0.95 }",
        "validate: { kind: stratifed }",
        "validate: { kind: given }",
        "validate: { column: part }",
        "validate: { kind: time }",
        "validate: { kind: group }",
        "validate: 5",
        "task: classification",
        "trainers: { boosting: {} }",
        "trainers: [boosting, boosting]",
        "trainers: [[boosting]]",
        "space:\n  boosting:\n    learning_rate: { low: 0.5, high: 0.1 }",
        "space: { boosting: { learning_rate: { low: 0, high: 1, scale: log } } }",
        "space: { boosting: { learning_rate: { low: 1, high: 2, scale: log, step: 1 } } }",
        "space: { boosting: { leaves: { low: 1, step: 0 } } }",
        "space: { boosting: { leaves: { lo: 1 } } }",
        "space: { boosting: { growth: [] } }",
        "space: { boosting: { growth: [a, a] } }",
        "space: { boosting: { growth: { choices: [a], low: 1 } } }",
        "space: [boosting]",
        "seed: 1.5",
        "seed: 99999999999999999999",
        "budget: { time: 300 }",
        "budget: { time: 0s }",
        "budget: { time: 5 minutes }",
        "budget: { deadline: 25:00 }",
        "budget: { memory: 2 }",
        "budget: { trials: 0 }",
        "budget: { target: .nan }",
        "stages: []",
        "stages: automatic",
        "stages: [{ trials: 3 }]",
        "stages: [{ name: confirm }, { name: polish }]",
        "stages: [{ name: coarse }, { name: coarse }]",
        "stages: [{ name: coarse, rows: 0 }]",
        "stages: [{ name: refine, keep: 1.5 }]",
        "stages: [{ name: refine, shrink: 1 }]",
        "stages: [{ name: refine, top: 2 }]",
        "stages: [{ name: confirm, trials: 2 }]",
        "stages: [{ name: confirm, top: 0 }]",
        "stages: [{ name: a, share: 0.6 }, { name: b, share: 0.6 }]",
        "expect: { beats: default, at_least: 0.9 }",
        "expect: { by: lots }",
        "output: { refit: yes }",
        "output: { keep_models: 0 }",
        "nested: 5",
        "name: \"\"",
    ];

    [Fact]
    public void Read_WrongFiles_SayWhatIsWrongAndWhatIsAllowed()
        => Golden.Matches(
            "tests/TuneLab.Tests/Experiments/Files/Golden/faults.txt",
            string.Concat(Wrong.Select(w => w + "\n  => " + Plans.Fault(Plans.Minimal + w + "\n") + "\n\n")));

    [Theory]
    [InlineData("name: x\n", "churn.yaml line 1: 'data' is missing: *")]
    [InlineData("data: { label: y }\n", "churn.yaml line 1: 'data.file' is missing: *")]
    [InlineData("\n\ndata:\n  file: x.csv\n", "churn.yaml line 3: 'data.label' is missing: *")]
    [InlineData("data: { file: x.csv, label: y, ignore: [y] }\n", "churn.yaml line 1: 'data.ignore' lists 'y', which is the label; take it out.")]
    [InlineData("data: { file: x.csv, label: y, monotone: { y: increasing } }\n", "churn.yaml line 1: 'data.monotone' lists 'y', which is the label and no feature; take it out.")]
    [InlineData("data:\n  file: x.csv\n  label: y\n  ignore: [a]\n  monotone:\n    a: increasing\n", "churn.yaml line 6: 'data.monotone' lists 'a', which is ignored and no feature; take it out.")]
    [InlineData("data: { file: x.csv, label: y, group: a, monotone: { a: increasing } }\n", "churn.yaml line 1: 'data.monotone' lists 'a', which is the group and no feature; take it out.")]
    [InlineData("data: { file: x.csv, label: y, monotone: { a: up } }\n", "churn.yaml line 1: 'data.monotone.a' is 'up'; allowed is increasing or decreasing.")]
    [InlineData("data: { file: x.csv, label: y, monotone: { a: increasng } }\n", "churn.yaml line 1: 'data.monotone.a' is 'increasng'; allowed is increasing or decreasing; did you mean 'increasing'?")]
    [InlineData("data: { file: x.csv, label: y, monotone: [a] }\n", "churn.yaml line 1: 'data.monotone' is a list; allowed is a section of columns and their directions, increasing or decreasing.")]
    [InlineData("data: { file: x.csv, label: y, weight: y }\n", "churn.yaml line 1: 'data.weight' is 'y', which is the label; name another column.")]
    [InlineData("data: { file: x.csv, label: y, types: { a: numbr } }\n", "churn.yaml line 1: 'data.types.a' is 'numbr'; allowed is number, category, boolean, date or text; did you mean 'number'?")]
    [InlineData("data: { file: x.csv, label: y, separator: \"::\" }\n", "churn.yaml line 1: 'data.separator' is the text '::'; allowed is one character, like \";\", or tab.")]
    [InlineData("- a\n- b\n", "churn.yaml is no experiment file: it holds a list *")]
    [InlineData("customer_id,churned\n1,yes\n", "churn.yaml is no experiment file: it holds a text *")]
    [InlineData("data: { file: x.csv, label: y }\n---\nname: b\n", "churn.yaml holds 2 documents*")]
    [InlineData("", "churn.yaml is empty.")]
    [InlineData("# only a comment\n", "churn.yaml is empty.")]
    [InlineData("data: { file: x.csv\nmetric: auc\n", "churn.yaml line 1, column *: not valid YAML: a bracket*not closed.")]
    [InlineData("data: { file: x.csv, label: y }\n\tmetric: auc\n", "churn.yaml line 2, column 1: not valid YAML: a tab in the indentation*")]
    [InlineData("name: what: is\n", "churn.yaml line 1, column 11: not valid YAML: *")]
    [InlineData("data: { file: x.csv, label: y }\nseed: 1\nseed: 2\n", "churn.yaml line 3, column 1: not valid YAML: *seed*")]
    [InlineData("data: &a { file: x.csv, label: y, types: *a }\n", "*anchor*")]
    public void Read_UnusableFile_SaysSo(string text, string expected)
        => Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(expected).Replace("\\*", ".*", StringComparison.Ordinal) + "$", Plans.Fault(text));

    [Fact]
    public void Read_SeveralFaults_ReportsAllInTheOrderOfTheFile()
    {
        var error = Assert.Throws<InputException>(() => Plans.Read("metrc: auc\ndata: { file: x.csv }\nvalidate: { folds: 1, holdout: 2 }\n"));

        Assert.Equal(4, error.Faults.Count);
        Assert.StartsWith("churn.yaml has 4 faults:" + Environment.NewLine + "  - churn.yaml line 1: unknown key 'metrc'", error.Message);
        Assert.Equal(["churn.yaml line 1", "churn.yaml line 2", "churn.yaml line 3", "churn.yaml line 3"], error.Faults.Select(f => f[..17]));
    }

    [Fact]
    public void Read_AnchorsThatMultiply_AreRefused()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
        for (var c = 'b'; c < 'j'; c++)
        {
            var before = "*" + (char)(c - 1);
            bomb += $"{c}: &{c} [{string.Join(",", Enumerable.Repeat(before, 9))}]\n";
        }

        Assert.Contains("too large", Plans.Fault(bomb));
    }

    [Fact]
    public void ReadFile_NoSuchFile_NamesTheNearest()
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-plan-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "churn.yaml"), Plans.Minimal);

            var error = Assert.Throws<InputException>(() => PlanReader.ReadFile(Path.Combine(folder.FullName, "chrun.yaml")));

            Assert.Contains("There is no experiment file", error.Message);
            Assert.Contains("did you mean 'churn.yaml'?", error.Hint);
            Assert.Contains("is a folder", Assert.Throws<InputException>(() => PlanReader.ReadFile(folder.FullName)).Message);
            Assert.Equal("churn", PlanReader.ReadFile(Path.Combine(folder.FullName, "churn.yaml")).Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
