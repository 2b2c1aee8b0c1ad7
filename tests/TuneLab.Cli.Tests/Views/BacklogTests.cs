using System.Text.Json;
using TuneLab.Experiments.Files;
using TuneLab.Storage;
using TuneLab.Testing.Stores;

namespace TuneLab.Cli.Tests.Views;

/// <summary>The backlog by its verbs, in a real store.</summary>
public sealed class BacklogTests : IDisposable
{
    private readonly CliFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly CliEnvironment _environment;

    public BacklogTests() => _environment = _folder.Environment with { Time = _time };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void List_ByImpactOverEffortThenAge_IsTheGoldenFile()
    {
        Fill();
        Matches("backlog", Run("backlog", "list"));
        Assert.Equal(Run("backlog", "list").Output, Run("backlog").Expect(0).Output);
        Matches("backlog-all", Run("backlog", "list", "--all"));
        Matches("backlog-show", Run("backlog", "show", "4"));
    }

    [Fact]
    public void List_AsJson_HasEveryFieldInTheSameOrder()
    {
        Fill();
        var items = Run("backlog", "list", "--json").Expect(0).Json().EnumerateArray().ToList();
        Assert.Equal([2, 4, 1, 3], items.Select(i => i.GetProperty("id").GetInt32()));
        var item = items.Single(i => i.GetProperty("id").GetInt32() == 4);
        Assert.Equal(
            ["id", "question", "kind", "state", "impact", "effort", "hypothesis", "expect", "setup", "reason", "file", "added", "updated"],
            item.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("reframing", "open", 5, 2), (Text(item, "kind"), Text(item, "state"), item.GetProperty("impact").GetInt32(), item.GetProperty("effort").GetInt32()));
        Assert.Equal(("{ metric: auc, at_least: 0.9 }", "weeks, not customers\nfrom 2024 on"), (Text(item, "expect"), Text(item, "setup")));
        Assert.Equal("2026-01-07T08:00:00.0000000Z", Text(item, "added"));
        Assert.Equal(6, Run("backlog", "list", "--all", "--json").Expect(0).Json().GetArrayLength());
    }

    [Fact]
    public void Export_ToMarkdown_IsTheGoldenFile()
    {
        Fill();
        Matches("backlog-export", Run("backlog", "export"));
        Run("backlog", "export", "-o", "BACKLOG.md").Expect(0);
        Assert.Equal(Run("backlog", "export").Output, File.ReadAllText(_folder.At("BACKLOG.md")));
        Run("backlog", "export", "-o", "BACKLOG.md").ExpectBadInput("is there already", "--force");
        Assert.Equal(6, Run("backlog", "export", "-o", "BACKLOG.md", "--force", "--json").Expect(0).Json().GetProperty("items").GetInt32());
    }

    [Fact]
    public void Verbs_WithoutAStore_MakeNone()
    {
        Assert.Contains("tunelab backlog add", Run("backlog").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("backlog", "list", "--json").Expect(0).Json().GetArrayLength());
        Assert.Equal("# Backlog\n\nNothing is in it yet.\n", Run("backlog", "export").Expect(0).Output);
        Run("backlog", "drop", "1").ExpectBadInput();
        Assert.False(File.Exists(_folder.Store));
    }

    [Fact]
    public void Add_WrongValues_AreSaidAndNothingIsAdded()
    {
        Run("backlog", "add", " \n").ExpectBadInput("The question is empty");
        Run("backlog", "add", "Why?", "--impact", "6").ExpectBadInput("--impact is '6'", "from 1 to 5");
        Run("backlog", "add", "Why?", "--kind", "doubt").ExpectBadInput("--kind is 'doubt'", "reframing");
        Run("backlog", "add", "Why?", "--expect", "{ beat: default }").ExpectBadInput("--expect: unknown key 'expect.beat'", "did you mean 'beats'");
        Run("backlog", "add", "Why?", "--expect", "{ beats: [ }").ExpectBadInput("--expect");
        Run("backlog", "add", "Why?", "--expect", "it does", "--hypothesis", "it does not").ExpectBadInput("in words");
        Assert.Equal(0, Run("backlog", "list", "--all", "--json").Expect(0).Json().GetArrayLength());
    }

    [Fact]
    public void Edit_DoneDropReopen_ChangeTheItem()
    {
        Run("backlog", "add", "Why?", "--expect", "it does").Expect(0);
        Assert.Equal("it does", Text(Item(1), "hypothesis"));
        Run("backlog", "edit", "1").ExpectBadInput("not said what to change");
        Run("backlog", "edit", "1", "--question", "Why  not?", "--effort", "1", "--expect", "{ beats: forest }", "--hypothesis", "").Expect(0);
        var edited = Item(1);
        Assert.Equal(("Why not?", 1, 3, "{ beats: forest }", null), (Text(edited, "question"), edited.GetProperty("effort").GetInt32(), edited.GetProperty("impact").GetInt32(), Text(edited, "expect"), Text(edited, "hypothesis")));
        Run("backlog", "done", "1", "--answer", "because").Expect(0);
        Assert.Equal(("done", "because"), (Text(Item(1), "state"), Text(Item(1), "reason")));
        Run("backlog", "drop", "1").ExpectBadInput("Number 1 is done already: because", "--reopen");
        Run("backlog", "edit", "1", "--reopen").Expect(0);
        Assert.Equal(("open", ""), (Text(Item(1), "state"), Text(Item(1), "reason")));
        Run("backlog", "drop", "1", "--why", "too dear").Expect(0);
        Assert.Equal(("dropped", "too dear"), (Text(Item(1), "state"), Text(Item(1), "reason")));
        Run("backlog", "show", "7").ExpectBadInput("no number '7'");
        Run("backlog", "show", "x").ExpectBadInput("no number 'x'");
    }

    [Fact]
    public void Done_ByAnExperiment_KeepsItsVerdict()
    {
        using (var store = SqliteTrialStore.Open(_folder.Store, _time))
        {
            store.OpenExperiment(StoreSamples.Hash("b"), "open", StoreSamples.Hash("data"), "{}");
            var churn = store.OpenExperiment(StoreSamples.Hash("a"), "churn", StoreSamples.Hash("data"), "{}");
            store.UpdateExperiment(churn.Id, ExperimentState.Finished, "Supported: the winner is better.", 1, "{}");
        }

        Run("backlog", "add", "Why?").Expect(0);
        Run("backlog", "done", "1", "--by", "open").ExpectBadInput("'open' has no answer yet");
        Run("backlog", "done", "1", "--by", "churm").ExpectBadInput("Did you mean 'churn'");
        Run("backlog", "done", "1", "--by", "churn", "--answer", "yes.").Expect(0);
        Assert.Equal("yes. By churn (experiment 2): Supported: the winner is better.", Text(Item(1), "reason"));
    }

    [Fact]
    public void Start_OnATable_WritesAFileThatThePlanReaderTakes()
    {
        _folder.Write("toy.csv", ToyTable.Binary());
        Run("backlog", "add", "Does \"x\": help?", "--expect", "{ beats: default, by: 1% }", "--hypothesis", "It does # a lot", "--setup", "with all rows\n# and: none left").Expect(0);
        Run("backlog", "start", "1").ExpectBadInput("Number 1 does not say which data", "--from");
        Run("backlog", "start", "1", "--label", "y").ExpectBadInput("--label goes with --data");
        Run("backlog", "start", "1", "--data", "toy.csv", "--label", "nowhere").ExpectBadInput("nowhere");
        Assert.Equal("open", Text(Item(1), "state"));
        Run("backlog", "start", "1", "--data", "toy.csv", "--label", "y").Expect(0);
        var plan = PlanReader.ReadFile(_folder.At("does-x-help.yaml"));
        Assert.Equal(("does-x-help", "Does \"x\": help?", "It does # a lot"), (plan.Name, plan.Question, plan.Hypothesis));
        Assert.Equal(("default", 0.01, true), (plan.Expect.Beats, plan.Expect.By, plan.Expect.Relative));
        Assert.Equal((_folder.At("toy.csv"), "y"), (plan.Data.File, plan.Data.Roles.Label));
        Assert.Contains("#   with all rows\n#   # and: none left\n", File.ReadAllText(_folder.At("does-x-help.yaml")), StringComparison.Ordinal);
        Assert.Equal(("started", _folder.At("does-x-help.yaml")), (Text(Item(1), "state"), Text(Item(1), "file")));
        Run("backlog", "start", "1", "--data", "toy.csv", "--label", "y", "-o", "b.yaml").ExpectBadInput("was started already", "--force");
        Run("backlog", "start", "1", "--data", "toy.csv", "--label", "y", "-o", "b.yaml", "--force").Expect(0);
        Assert.Equal(_folder.At("b.yaml"), Text(Item(1), "file"));
    }

    [Theory]
    [InlineData("a file in blocks", "# a comment\nname: toy\nquestion: >\n  Which one,\n  of all?\nhypothesis: None.\nexpect:\n  beats: forest\n# of the data\ndata:\n  file: toy.csv   # here\n  label: y\nseed: 7\noutput: { folder: out/toy, keep_models: 2 }\n", true)]
    [InlineData("one without what is replaced", "data: { file: toy.csv, label: y }\nstages:\n- { name: confirm }\n", true)]
    [InlineData("one in braces", "{ data: { file: toy.csv, label: y }, seed: 7, question: what }", false)]
    [InlineData("an anchor in what is replaced", "name: &first a\ndata: { file: toy.csv, label: y, ignore: [*first] }\n", false)]
    public void Start_FromAFile_AsksTheNewQuestionOfTheSamePlan(string what, string source, bool kept)
    {
        Assert.NotEmpty(what);
        _folder.Write("toy.csv", ToyTable.Binary());
        var before = PlanReader.ReadFile(_folder.Write("toy.yaml", source));
        Run("backlog", "add", "And now?", "--setup", "toy.yaml", "--expect", "{ beats: linear }").Expect(0);
        Assert.Equal(_folder.At("toy.yaml"), Text(Item(1), "setup"));
        Run("backlog", "start", "1").Expect(0);
        var plan = PlanReader.ReadFile(_folder.At("and-now.yaml"));
        var folder = Path.Combine(Path.GetDirectoryName(before.Output.Folder)!, "and-now");
        Assert.Equal(
            PlanJson.Canonical(before with { Name = "and-now", Question = "And now?", Hypothesis = null, Expect = before.Expect with { Beats = "linear" }, Output = before.Output with { Folder = folder } }),
            PlanJson.Canonical(plan));
        Assert.Equal(kept, !File.ReadAllText(_folder.At("and-now.yaml")).Contains("\"data\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Start_FromAFileElsewhere_KeepsItsDataAndItsFile()
    {
        _folder.Write("toy.csv", ToyTable.Binary());
        var text = File.ReadAllText(_folder.Write("toy.yaml", "data: { file: toy.csv, label: y }\n"));
        Directory.CreateDirectory(_folder.At("deep/er"));
        Run("backlog", "add", "And now?").Expect(0);
        Run("backlog", "start", "1", "--from", "toy.yaml", "-o", "toy.yaml", "--force").ExpectBadInput("is the file to begin from");
        Run("backlog", "start", "1", "--from", "none.yaml").ExpectBadInput("none.yaml");
        Run("backlog", "start", "1", "--from", "toy.yaml", "-o", "deep/er/now.yaml").Expect(0);
        Assert.Equal(_folder.At("toy.csv"), PlanReader.ReadFile(_folder.At("deep/er/now.yaml")).Data.File);
        Assert.Equal(text, File.ReadAllText(_folder.At("toy.yaml")));
    }

    private void Fill()
    {
        Run("backlog", "add", "Does the postcode help?", "--expect", "yes, a little").Expect(0);
        _time.Advance(TimeSpan.FromDays(1));
        Run("backlog", "add", "Old customers behave like *new* ones", "--kind", "assumption", "--impact", "4", "--effort", "1").Expect(0);
        Run("backlog", "add", "Is a year enough?", "--impact", "2", "--effort", "2").Expect(0);
        _time.Advance(TimeSpan.FromDays(1));
        Run("backlog", "add", "Predict the week of leaving", "--kind", "reframing", "--impact", "5", "--effort", "2", "--expect", "{ metric: auc, at_least: 0.9 }", "--setup", "weeks, not customers\nfrom 2024 on").Expect(0);
        Run("backlog", "add", "Is the holdout shuffled?", "--kind", "test").Expect(0);
        Run("backlog", "done", "5", "--answer", "it is").Expect(0);
        Run("backlog", "add", "Would <more> data help?").Expect(0);
        _time.Advance(TimeSpan.FromDays(1));
        Run("backlog", "drop", "6", "--why", "there are none").Expect(0);
    }

    private static void Matches(string file, CliResult result) => Golden.Matches($"tests/TuneLab.Cli.Tests/Golden/{file}.txt", result.Expect(0).Output);

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private JsonElement Item(int id) => Run("backlog", "show", id.ToString(CultureInfo.InvariantCulture), "--json").Expect(0).Json();

    private CliResult Run(params string[] args) => CliFolder.Run(_environment, args);
}
