using System.Text.Json;

namespace TuneLab.Cli.Tests.Runs;

/// <summary>Verbs that say what is known: compare, report, journal, export to other tools, check of an objective.</summary>
public sealed class KnownTests(FinishedToyRun run) : IClassFixture<FinishedToyRun>
{
    private readonly CliFolder _folder = run.Folder;

    [Fact]
    public void Report_FromTheStoreAlone_IsTheReportOfTheRun()
    {
        _folder.Run("report", "toy", "-o", "again.html").Expect(0);
        _folder.Run("report", "toy", "-o", "again.md").Expect(0);
        Assert.Equal(Chapters(File.ReadAllText(_folder.At("runs/toy/report.md"))), Chapters(File.ReadAllText(_folder.At("again.md"))));
        Assert.Equal(File.ReadAllText(_folder.At("runs/toy/report.html")).Length, File.ReadAllText(_folder.At("again.html")).Length, 2000.0);
        Assert.Contains("verdict: ", _folder.Run("report", "toy").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("neither .html nor .md", _folder.Run("report", "toy", "-o", "again.txt").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--force", _folder.Run("report", "toy", "-o", "again.md").Expect(2).Error, StringComparison.Ordinal);

        // what is told of the process differs where the run was told again meanwhile
        static List<string> Chapters(string text) => [.. text.Split('\n').Where(l => !l.Contains(" cached", StringComparison.Ordinal) && !l.Contains("found in the store", StringComparison.Ordinal))];
    }

    [Fact]
    public void Compare_TrialsTrainersAndExperiments_AreTested()
    {
        var trials = _folder.Run("trials", "toy.yaml", "--top", "2", "--json").Expect(0).Json().GetProperty("trials").EnumerateArray().Select(t => t.GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture)).ToArray();
        var json = _folder.Run("compare", trials[0], trials[1], "--of", "toy", "--json").Expect(0).Json();
        Assert.Equal(1, json.GetProperty("pairs").GetArrayLength());
        Assert.InRange(json.GetProperty("pairs")[0].GetProperty("p").GetDouble(), 0, 1);
        Assert.Contains("adjusted", _folder.Run("compare", trials[0], trials[1], "--of", "toy").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("can't be compared with each other", _folder.Run("compare", trials[0], "boosting", "--of", "toy").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("the same experiment", _folder.Run("compare", "toy", "toy").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("has no experiment 'tox'", _folder.Run("compare", "toy", "tox").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_AnswerAndNote_AreFound()
    {
        _folder.Run("journal", "add", "the label is noisy", "--about", "toy").Expect(0);
        var entries = _folder.Run("journal", "--json").Expect(0).Json().EnumerateArray().ToList();
        Assert.Contains(entries, e => e.GetProperty("kind").GetString() == "note" && e.GetProperty("note").GetString() == "the label is noisy" && e.GetProperty("experiment").GetString() == "toy");
        Assert.Contains(entries, e => e.GetProperty("kind").GetString() == "answer" && e.GetProperty("experiment").GetString() == "toy");
        Assert.Contains("note about toy: the label is noisy", _folder.Run("journal", "NOISY").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("No entry has 'nowhere'", _folder.Run("journal", "nowhere").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("empty", _folder.Run("journal", "add", " ").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ToOtherTools_LeavesTheirFolders()
    {
        _folder.Run("export", "toy", "--format", "csv", "-o", "tables").Expect(0);
        Assert.All(["trials.csv", "evaluations.csv", "result.json"], name => Assert.True(File.Exists(_folder.At("tables/" + name)), name));
        var folder = _folder.Run("export", "toy", "--format", "mlflow", "-o", "mlruns", "--json").Expect(0).Json().GetProperty("files")[0].GetString()!;
        Assert.True(File.Exists(Path.Combine(folder, "meta.yaml")));
        Assert.Contains("allowed is model, csv or mlflow", _folder.Run("export", "toy", "--format", "exl").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckObjective_OnASample_SaysWhatTheMetricTellsApart()
    {
        _folder.Run("sample", "churn", "--rows", "2000", "-o", "toys").Expect(0);
        _folder.Write("known.yaml", "data: { file: toys/churn.csv, label: churned, ignore: [customer_id] }\nmetric: logloss\n");
        var json = _folder.Run("check", "known.yaml", "--objective", "--json").Expect(0).Json();
        Assert.Equal("logloss", json.GetProperty("metric").GetString());
        Assert.All(json.GetProperty("alternatives").EnumerateArray(), a => Assert.InRange(a.GetProperty("truth_above").GetDouble(), 0.8, 1));
        Assert.Equal(JsonValueKind.Number, json.GetProperty("breaks").ValueKind);
        Assert.Contains("There is no truth beside", _folder.Run("check", "toy.yaml", "--objective").Expect(2).Error, StringComparison.Ordinal);
    }
}
