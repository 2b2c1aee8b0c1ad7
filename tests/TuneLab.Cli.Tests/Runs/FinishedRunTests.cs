using System.Text.Json;

namespace TuneLab.Cli.Tests.Runs;

/// <summary>What can be done with an experiment that has been run.</summary>
public sealed class FinishedRunTests(FinishedToyRun run) : IClassFixture<FinishedToyRun>
{
    private readonly CliFolder _folder = run.Folder;

    [Fact]
    public void Run_Finished_SaysVerdictAndFilesAndLeavesThem()
    {
        Assert.Contains("model.zip", run.Result.Output, StringComparison.Ordinal);
        Assert.Empty(run.Result.Error);
        Assert.All(["model.zip", "trials.csv", "experiment.json"], name => Assert.True(File.Exists(_folder.At("runs/toy/" + name)), name));
        Assert.DoesNotContain(_folder.Files(), f => f.Contains(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Again_ComputesNothing()
    {
        var json = _folder.Run("run", "toy.yaml", "--json").Expect(0).Json();
        Assert.Equal(0, json.GetProperty("evaluations").GetProperty("computed").GetInt32());
        Assert.Equal(json.GetProperty("trials").GetProperty("total").GetInt32(), json.GetProperty("trials").GetProperty("cached").GetInt32());
    }

    [Fact]
    public void Run_UnderAnotherNameAndMetric_ComputesNoFoldOfTheSearchAgain()
    {
        _folder.Write("renamed.yaml", ToyTable.Experiment().Replace("metric: auc", "metric: logloss", StringComparison.Ordinal));
        var json = _folder.Run("run", "renamed.yaml", "--json", "--out", "renamed").Expect(0).Json();
        Assert.True(json.GetProperty("evaluations").GetProperty("cached").GetInt32() >= 18, "6 trials x 3 folds were there");
    }

    [Fact]
    public void RunJson_IsOneDocumentOfTheGoldenShape()
        => Golden.Matches("tests/TuneLab.Cli.Tests/Golden/run-json.txt", JsonShape.Of(Neutral(_folder.Run("run", "toy.yaml", "--json").Expect(0).Json())));

    [Fact]
    public void RunQuiet_PrintsTheAnswerOnly()
    {
        var output = _folder.Run("run", "toy.yaml", "--quiet").Expect(0).Output;
        Assert.DoesNotContain("coarse:", output, StringComparison.Ordinal);
        Assert.Contains("model.zip", output, StringComparison.Ordinal);
    }

    [Fact]
    public void RunRequireVerdict_WithoutSupport_ExitsWith4()
        => _folder.Run("run", "toy.yaml", "--require-verdict", "--quiet").Expect(4);

    [Fact]
    public void RunOut_NamesAnotherFolder()
    {
        _folder.Run("run", "toy.yaml", "--quiet", "--out", "elsewhere").Expect(0);
        Assert.True(File.Exists(_folder.At("elsewhere/model.zip")));
    }

    [Fact]
    public void StatusJson_HasTheGoldenShape() => Golden.Matches("tests/TuneLab.Cli.Tests/Golden/status-json.txt", JsonShape.Of(_folder.Run("status", "toy.yaml", "--json").Expect(0).Json()));

    [Fact]
    public void Status_OfAll_NamesStoreAndRule()
    {
        var output = _folder.Run("status").Expect(0).Output;
        Assert.StartsWith($"Store: {_folder.Store} (named by TUNELAB_STORE)", output, StringComparison.Ordinal);
        Assert.Contains("toy", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_Top_AreTheBestOnes()
    {
        var json = _folder.Run("trials", "toy.yaml", "--top", "3", "--json").Expect(0).Json();
        var scores = json.GetProperty("trials").EnumerateArray().Select(t => t.GetProperty("score").GetDouble()).ToArray();
        Assert.Equal(3, scores.Length);
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public void TrialsJson_HasTheGoldenShape() => Golden.Matches("tests/TuneLab.Cli.Tests/Golden/trials-json.txt", JsonShape.Of(_folder.Run("trials", "toy.yaml", "--json").Expect(0).Json()));

    [Fact]
    public void TrialsCsv_IsTheFileOfTheRun()
        => Assert.Equal(Columns(File.ReadAllText(_folder.At("runs/toy/trials.csv"))), Columns(_folder.Run("trials", "toy.yaml", "--csv").Expect(0).Output));

    [Fact]
    public void Trials_ByUnknownName_ListsTheKnown() => _folder.Run("trials", "toi").ExpectBadInput("no experiment 'toi'", "Did you mean 'toy'?");

    [Fact]
    public void Trials_ByUnknownNumber_ListsTheKnown() => _folder.Run("trials", "99").ExpectBadInput("no experiment number 99", "1 (toy)");

    [Fact]
    public void TrialsCsvAndJson_ExcludeEachOther() => _folder.Run("trials", "toy.yaml", "--csv", "--json").Expect(2);

    [Fact]
    public void Export_IsTheModelOfTheRun()
    {
        _folder.Run("export", "toy.yaml", "-o", "copy.zip").Expect(0);
        Assert.Equal(File.ReadAllBytes(_folder.At("runs/toy/model.zip")), File.ReadAllBytes(_folder.At("copy.zip")));
    }

    [Fact]
    public void Export_OverAFile_AsksForForce()
    {
        _folder.Write("mine.zip", "mine");
        _folder.Run("export", "toy.yaml", "-o", "mine.zip").ExpectBadInput("there already", "--force");
        Assert.Equal("mine", File.ReadAllText(_folder.At("mine.zip")));
        _folder.Run("export", "toy.yaml", "-o", "mine.zip", "--force").Expect(0);
    }

    [Fact]
    public void Predict_ToAFile_HasARowPerRow()
    {
        _folder.Run("predict", "runs/toy/model.zip", "toy.csv", "-o", "out.csv").Expect(0);
        var lines = File.ReadAllLines(_folder.At("out.csv"));
        Assert.Equal("probability,prediction", lines[0]);
        Assert.Equal(241, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Matches("^(0(\\.[0-9]+)?(E-[0-9]+)?|1),(yes|no)$", line));
    }

    [Fact]
    public void Predict_WithColumnsMovedLabelGoneNewLevelsAndMissingValues_Works()
    {
        _folder.Write("new.csv", "extra,c,b,a\n1,x,0.5,0.2\n2,unseen,,0.7\n3,,1.5,\n");
        var lines = _folder.Run("predict", "runs/toy/model.zip", "new.csv").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);

        _folder.Write("same.csv", "a,b,c\n0.2,0.5,x\n");
        Assert.Equal(lines[1], _folder.Run("predict", "runs/toy/model.zip", "same.csv").Expect(0).Output.Split('\n')[1]);
    }

    [Fact]
    public void Predict_WithoutANeededColumn_NamesIt()
    {
        _folder.Write("less.csv", "a,c\n1,x\n");
        _folder.Run("predict", "runs/toy/model.zip", "less.csv", "-o", "less-out.csv").ExpectBadInput("'b'");
        Assert.False(File.Exists(_folder.At("less-out.csv")));
    }

    [Fact]
    public void Predict_WithSomethingElseThanAModel_SaysSo()
    {
        _folder.Run("predict", "toy.csv", "toy.csv").ExpectBadInput("no model zip");
        _folder.Run("predict", "none.zip", "toy.csv").ExpectBadInput("There is no file", "none.zip");
    }

    [Fact]
    public void PredictJson_HasColumnsAndRows()
    {
        var json = _folder.Run("predict", "runs/toy/model.zip", "toy.csv", "--json").Expect(0).Json();
        Assert.Equal(240, json.GetProperty("rows").GetArrayLength());
        Assert.Equal(2, json.GetProperty("rows")[0].GetArrayLength());
    }

    [Fact]
    public void Store_SaysPathSizeAndVersion()
    {
        var json = _folder.Run("store", "--json").Expect(0).Json();
        Assert.Equal(_folder.Store, json.GetProperty("path").GetString());
        Assert.True(json.GetProperty("bytes").GetInt64() > 0);
        Assert.True(json.GetProperty("schema_version").GetInt32() >= 1);
    }

    // a hyperparameter's name and the files' kinds are no part of the shape
    private static JsonElement Neutral(JsonElement document)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(document.GetRawText())!;
        foreach (var contender in (string[])["best", "baseline"])
        {
            node[contender]!["configuration"] = new System.Text.Json.Nodes.JsonObject();
        }

        return JsonDocument.Parse(node.ToJsonString()).RootElement;
    }

    private static string[] Columns(string csv)
        => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(',', line.Split(',').Where((_, i) => i != 4)))]; // cached says how this process came to it
}
