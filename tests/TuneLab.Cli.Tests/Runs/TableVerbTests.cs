namespace TuneLab.Cli.Tests.Runs;

/// <summary>From a table that nobody has seen to an experiment: describe, init, check, run.</summary>
public sealed class TableVerbTests : IDisposable
{
    // where an engine has many trainers, the defaults of all of them would take longer than what is tested
    private static readonly string[] Quick = ["--trials", "4", "--set=trainers=[boosting]", "--set=space.boosting.rounds=10"];
    private readonly CliFolder _folder = new();

    public TableVerbTests() => _folder.Write("data/toy.csv", ToyTable.Binary());

    [Fact]
    public void Init_WritesAFileThatChecksAndRunsAsItIs()
    {
        var result = _folder.Run("init", "data/toy.csv", "--label", "y").Expect(0);
        Assert.Contains($"Wrote {_folder.At("toy.yaml")} for 240 rows and 4 columns.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Next: tunelab run toy.yaml", result.Output, StringComparison.Ordinal);
        _folder.Run("check", "toy.yaml").Expect(0);
        _folder.Run("run", "toy.yaml", "--quiet", "--trials", "4", "--set=space.boosting.rounds=10").Expect(0);
        Assert.True(File.Exists(_folder.At("runs/toy/model.zip")));
    }

    [Fact]
    public void Init_OverAFile_AsksForForceAndKeepsIt()
    {
        _folder.Write("toy.yaml", "mine");
        _folder.Run("init", "data/toy.csv", "--label", "y").ExpectBadInput("toy.yaml' is there already", "--force");
        Assert.Equal("mine", File.ReadAllText(_folder.At("toy.yaml")));
        _folder.Run("init", "data/toy.csv", "--label", "y", "--force").Expect(0);
    }

    [Fact]
    public void Init_WithoutALabel_SaysHowToSeeTheColumns() => _folder.Run("init", "data/toy.csv").ExpectBadInput("which column to predict", "--label", "tunelab describe data/toy.csv");

    [Theory]
    [InlineData("--metric", "rmsee", "'rmse'")]
    [InlineData("--task", "binry", "'binary'")]
    [InlineData("--label", "why", "a, b, c, y")]
    public void Init_WithSomethingUnknown_NamesTheNearest(string option, string value, string words)
    {
        string[] label = option == "--label" ? [] : ["--label", "y"];
        _folder.Run(["init", "data/toy.csv", .. label, option, value]).ExpectBadInput(value, words);
        Assert.Equal(["data/toy.csv"], _folder.Files());
    }

    [Fact]
    public void Init_IntoAFolderThatIsNotThere_SaysSo() => _folder.Run("init", "data/toy.csv", "--label", "y", "-o", "none/toy.yaml").ExpectBadInput("There is no folder");

    [Fact]
    public void RunTable_WritesTheExperimentFileAndRunsIt()
    {
        var result = _folder.Run(["run", "data/toy.csv", "--label", "y", .. Quick]).Expect(0);
        Assert.Contains("Wrote toy.yaml", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.At("runs/toy/model.zip")));
        var json = _folder.Run(["run", "data/toy.csv", "--label", "y", .. Quick, "--json"]).Expect(0).Json();
        Assert.Equal(0, json.GetProperty("evaluations").GetProperty("computed").GetInt32());
    }

    [Fact]
    public void RunTable_WhereAnotherExperimentHasItsName_TakesTheNextOneAndKeepsTheOther()
    {
        _folder.Write("toy.yaml", "mine");
        var result = _folder.Run(["run", "data/toy.csv", "--label", "y", .. Quick]).Expect(0);
        Assert.Contains("Wrote toy-2.yaml", result.Output, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.At("toy.yaml")));
        Assert.True(File.Exists(_folder.At("runs/toy-2/model.zip")));
    }

    [Fact]
    public void RunTable_WithoutALabel_SaysSo() => _folder.Run("run", "data/toy.csv").ExpectBadInput("'data/toy.csv' is no experiment file", "--label");

    [Fact]
    public void Run_OfSomethingThatIsNotThere_SaysWhatIsExpected() => _folder.Run("run", "toy").ExpectBadInput("There is no file 'toy'", ".yaml", "--label");

    [Fact]
    public void Run_OfAFolder_SaysSo() => _folder.Run("run", "data").ExpectBadInput("'data' is a folder");

    [Fact]
    public void RunTable_ThatIsNotThere_SaysSo() => _folder.Run("run", "data/toi.csv", "--label", "y").ExpectBadInput("toi.csv");

    [Fact]
    public void RunFile_WithOptionsOfATable_SaysWhatToDo()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--label", "y", "--metric", "auc").ExpectBadInput("--label and --metric can't be given with an experiment file", "--set");
    }

    [Fact]
    public void Run_WithLabelMissingInSomeRows_SaysHowManyAreLeftOut()
    {
        _folder.Write("data/toy.csv", ToyTable.Binary() + "0.1,0.2,x,\n0.3,0.4,y,NA\n");
        Assert.Contains("2 rows without a label left out", _folder.Run(["run", "data/toy.csv", "--label", "y", .. Quick]).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_KnowsTheTextsThatStoodForAMissingValue()
    {
        var rows = ToyTable.Binary().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _folder.Write("toy.csv", string.Concat(rows.Select((row, i) => (i % 9 == 5 ? "unknown" + row[row.IndexOf(',', StringComparison.Ordinal)..] : row) + "\n")));
        _folder.Write("toy.yaml", ToyTable.Experiment().Replace("label: y }", "label: y, missing: [unknown] }", StringComparison.Ordinal));
        _folder.Run("run", "toy.yaml", "--quiet", "--trials", "2").Expect(0);
        Assert.Equal(241, _folder.Run("predict", "runs/toy/model.zip", "toy.csv").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Describe_OfAToyTable_IsTheGoldenFile()
        => Golden.Matches("tests/TuneLab.Cli.Tests/Golden/describe.txt", _folder.Run("describe", "data/toy.csv", "--label", "y").Expect(0).Output);

    [Fact]
    public void DescribeJson_HasTheGoldenShape()
    {
        _folder.Write("types.csv", "n,c,b,d,t\n1,x,yes,2024-01-31,one two three four\n2,y,no,2024-02-01,five six seven eight\n3,x,yes,2024-02-02,nine ten eleven twelve\n,,,,\n");
        Golden.Matches("tests/TuneLab.Cli.Tests/Golden/describe-json.txt", JsonShape.Of(_folder.Run("describe", "types.csv", "--label", "b", "--json").Expect(0).Json()));
    }

    [Fact]
    public void Describe_OfAnUnknownLabel_NamesTheColumns() => _folder.Run("describe", "data/toy.csv", "--label", "z").ExpectBadInput("no column 'z'", "a, b, c, y");

    [Fact]
    public void Check_GoesEndToEndAndLeavesNothing()
    {
        ToyTable.WriteTo(_folder);
        var before = _folder.Files();
        var json = _folder.Run("check", "toy.yaml", "--json").Expect(0).Json();
        var trainer = Assert.Single(json.GetProperty("trainers").EnumerateArray());
        Assert.Equal("boosting", trainer.GetProperty("trainer").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, trainer.GetProperty("failure").ValueKind);
        Assert.True(json.GetProperty("forecast").GetProperty("seconds").GetDouble() > 0);
        Assert.Equal("auc", json.GetProperty("plan").GetProperty("metric").GetString());
        Assert.Equal(before, _folder.Files());
        Assert.False(Directory.Exists(_folder.At("runs")));
        Assert.False(File.Exists(_folder.Store));
    }

    [Fact]
    public void Check_WithAPlanThatCannotBeSplit_ExitsWith2()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("check", "toy.yaml", "--set", "validate.folds=150").Expect(2);
    }

    public void Dispose() => _folder.Dispose();
}
