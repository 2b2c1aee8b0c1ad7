using TuneLab.Data;
using TuneLab.Data.Samples;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Testing;

namespace TuneLab.Tests.Data;

public sealed class ExperimentFileWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tunelab-init");

    public static TheoryData<string> Tables => [.. SharedData.Tables().Select(t => t.Name).DefaultIfEmpty("none")];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_Churn_EverySectionThere()
    {
        var file = SampleCatalog.Write("churn", 500, 1, _folder.FullName)[0];

        var text = ExperimentFileWriter.Write(CsvDatasetReader.Read(file), new ExperimentFileRequest { DataFile = file, Folder = Path.Combine(_folder.FullName, "configs"), Label = "churned" });

        Assert.Equal("""
            name: churn
            question: "Which model predicts churned best?"
            hypothesis: "Tuning beats the best default configuration in auc."
            expect: { beats: default, by: 0 }   # by: 0.01 or by: 5% asks for more; { metric: auc, at_least: ... } for a score
            data:   # 500 rows, 15 features
              file: ../churn.csv
              label: churned
              positive: "yes"   # the class that counts as 1, in PERCENT % of the rows; the other one is "no"
              ignore:   # columns that are no features
                - customer_id   # looks like an identifier: every row has another value
            task: binary
            metric: auc   # or prauc, logloss, accuracy, balanced_accuracy, f1, precision, recall, mcc, brier
            validate: { kind: stratified, folds: 5, holdout: 0.2 }   # the holdout is set aside first and decides the verdict
            # trainers: [boosting, forest, linear]   # left out: every trainer that fits the task
            seed: 1
            budget: { trials: 100 }   # also time: 5m, deadline: "07:30", target, patience
            # stages: left out, they are made from the table's size and the budget, and printed
            output: { folder: runs/churn }

            """.Replace("PERCENT", (File.ReadLines(file).Count(l => l.EndsWith(",yes", StringComparison.Ordinal)) / 5.0).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), text);
    }

    [SkippableTheory]
    [MemberData(nameof(Tables))]
    public void Write_RealTable_ReadsBackAsAPlanThatFits(string name)
    {
        Skip.If(SharedData.Folder is null, SharedData.Missing);
        var shared = SharedData.Tables().Single(t => t.Name == name);
        var data = CsvDatasetReader.Read(SharedData.Csv(name));

        var plan = Plan(data, Request(SharedData.Csv(name), shared.Label));

        Assert.Equal(SharedData.Csv(name), plan.Data.File);
        Assert.Equal(shared.Task, plan.Task.ToString()!.ToLowerInvariant());
        Assert.Equal(shared.Columns - 1, TaskTableBuilder.Build(data, plan.Data.Roles, plan.Task).Features.Count + plan.Data.Roles.Ignore.Count);
        Assert.InRange(plan.Budget.Trials!.Value, 40, 100);
    }

    [Fact]
    public void Write_OddNamesAndOptions_ReadBack()
    {
        var file = Path.Combine(_folder.FullName, "odd: data #1.csv");
        File.WriteAllText(file, "a \"b\": {c}|no|x|42\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7}|{(i % 3 == 0 ? "null" : "ja # nein")}|-|{i * i % 11}\n")));
        var options = new CsvOptions { Separator = '|', Header = true, Missing = ["-"], Types = new Dictionary<string, ColumnType> { ["42"] = ColumnType.Category } };

        var plan = Plan(CsvDatasetReader.Read(file, options), Request(file, "no") with { Csv = options });

        Assert.Equal(file, plan.Data.File);
        Assert.Equal(("no", "null"), (plan.Data.Roles.Label, plan.Data.Roles.Positive));
        Assert.Equal(["x"], plan.Data.Roles.Ignore);
        Assert.Equal(('|', true), (plan.Data.Separator, plan.Data.Header));
        Assert.Equal(["-"], plan.Data.Missing);
        Assert.Equal(ColumnType.Category, plan.Data.Types["42"]);
    }

    [Fact]
    public void Write_RareClass_FewerFolds()
    {
        Assert.Equal(("stratified", 4), Validation(5));
        Assert.Equal(("stratified", 2), Validation(3));
        Assert.Equal(("kfold", 2), Validation(2));

        (string?, int) Validation(int rare)
        {
            var label = new CategoryColumn("y", [.. Enumerable.Range(0, 100).Select(i => i < rare ? 0 : 1)], ["a", "b"]);
            var plan = Plan(new Dataset("t.csv", [label, new NumberColumn("f", [.. Enumerable.Range(0, 100).Select(i => i % 7 + 0.5)])]), Request(Path.Combine(_folder.FullName, "t.csv"), "y"));
            return (plan.Validate.Kind, plan.Validate.Folds);
        }
    }

    [Fact]
    public void Write_MetricGiven_SettlesTheTask()
    {
        var data = new Dataset("t.csv", [new NumberColumn("y", [.. Enumerable.Range(0, 60).Select(i => (double)(i % 3))]), new NumberColumn("f", [.. Enumerable.Range(0, 60).Select(i => i % 7 + 0.5)])]);
        var request = Request(Path.Combine(_folder.FullName, "t.csv"), "y");

        Assert.Equal(LearningTask.Multiclass, Plan(data, request).Task);
        Assert.Equal(LearningTask.Regression, Plan(data, request with { Metric = "mae" }).Task);
        Assert.Equal((LearningTask.Multiclass, "logloss"), (Plan(data, request with { Metric = "logloss" }).Task, Plan(data, request with { Metric = "logloss" }).Metric));
        Assert.Contains("did you mean 'auc'", Assert.Throws<InputException>(() => Plan(data, request with { Metric = "acu" })).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SchemaBesideTheFile_IsPointedTo()
    {
        var data = new Dataset("t.csv", [new NumberColumn("y", [1, 2.5, 3]), new NumberColumn("f", [2, 2.5, 3])]);
        var request = Request(Path.Combine(_folder.FullName, "t.csv"), "y");

        Assert.StartsWith("name: t\n", ExperimentFileWriter.Write(data, request), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.FullName, ExperimentFileWriter.SchemaFile), "{}");
        Assert.StartsWith("# yaml-language-server: $schema=experiment.schema.json\nname: t\n", ExperimentFileWriter.Write(data, request), StringComparison.Ordinal);
    }

    private ExperimentFileRequest Request(string file, string label) => new() { DataFile = file, Folder = _folder.FullName, Label = label };

    private ExperimentPlan Plan(Dataset data, ExperimentFileRequest request)
        => PlanReader.Read(ExperimentFileWriter.Write(data, request), Path.Combine(_folder.FullName, "experiment.yaml"));
}
