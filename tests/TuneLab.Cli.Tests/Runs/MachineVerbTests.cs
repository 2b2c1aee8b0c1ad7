using TuneLab.MLNet;

namespace TuneLab.Cli.Tests.Runs;

/// <summary>Verbs that need no experiment.</summary>
public sealed class MachineVerbTests : IDisposable
{
    private readonly CliFolder _folder = new();

    [Fact]
    public void Status_WithoutAStore_SaysWhereItWillBeAndMakesNone()
    {
        var result = _folder.Run("status").Expect(0);
        Assert.Contains($"Store: {_folder.Store} (named by TUNELAB_STORE); not made yet", result.Output, StringComparison.Ordinal);
        Assert.False(_folder.Run("status", "--json").Expect(0).Json().GetProperty("store").GetProperty("exists").GetBoolean());
        Assert.False(File.Exists(_folder.Store));
    }

    [Fact]
    public void Store_WithoutAStore_SaysSoAndMakesNone()
    {
        Assert.Contains("not made yet", _folder.Run("store").Expect(0).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Store));
    }

    [Theory]
    [InlineData("trials")]
    [InlineData("export")]
    [InlineData("status toy.yaml")]
    public void Verb_ThatReads_WithoutAStore_SaysHowToMakeOne(string line)
        => _folder.Run(line.Split(' ')).ExpectBadInput("There is no store at", "tunelab run FILE");

    [Fact]
    public void Trainers_ListsThoseOfTheCatalogAndTheMissing()
    {
        var json = _folder.Run("trainers", "--json").Expect(0).Json();
        var trainers = json.GetProperty("trainers").EnumerateArray().Select(t => t.GetProperty("id").GetString()).ToArray();
        var missing = json.GetProperty("missing").EnumerateArray().Select(t => t.GetProperty("id").GetString()).ToArray();
        Assert.Equal(["boosting", "forest", "linear"], trainers.Except(MLNetTrainerIds.All));
        Assert.Equal(MLNetTrainerIds.All, EngineAvailability.IsAvailable ? trainers.SkipLast(3) : missing);
        Assert.Equal(EngineAvailability.IsAvailable ? "mlnet" : "embedded", json.GetProperty("default_engine").GetString());
        var output = _folder.Run("trainers").Expect(0).Output;
        Assert.Contains("learning_rate", output, StringComparison.Ordinal);
        Assert.Equal(!EngineAvailability.IsAvailable, output.Contains("Not in this build (ML.NET): lightgbm", StringComparison.Ordinal));
    }

    [Fact]
    public void TrainersJson_HasTheGoldenShape()
        => Golden.Matches($"tests/TuneLab.Cli.Tests/Golden/trainers-json{(EngineAvailability.IsAvailable ? "-mlnet" : "")}.txt", JsonShape.Of(_folder.Run("trainers", "--json").Expect(0).Json()));

    [Fact]
    public void Doctor_OnAGoodMachine_ExitsWith0AndLeavesNothing()
    {
        var json = _folder.Run("doctor", "--json").Expect(0).Json();
        Assert.True(json.GetProperty("good").GetBoolean());
        Assert.Contains(json.GetProperty("findings").EnumerateArray(), f => f.GetProperty("name").GetString() == "store");
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Doctor_WithAStoreThatCannotBe_ExitsWith1AndSaysWhy()
    {
        _folder.Write("file", "");
        var result = _folder.Run("doctor", "--store", "file/store.db").Expect(1);
        Assert.Contains("store            NO", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_WritesTableAndTruth_AndNotOverThem()
    {
        _folder.Run("sample", "churn", "--rows", "60", "--seed", "3").Expect(0);
        Assert.Equal(["churn.csv", "churn.truth.csv", "churn.truth.json"], _folder.Files());
        Assert.Equal(61, File.ReadAllLines(_folder.At("churn.csv")).Length);
        _folder.Run("sample", "churn").ExpectBadInput("there already", "--force");
    }

    [Fact]
    public void Sample_WithTheSameSeed_IsTheSameTable()
    {
        foreach (var (folder, seed) in new[] { ("a", "3"), ("b", "3"), ("c", "4") })
        {
            _folder.Run("sample", "species", "--rows", "60", "--seed", seed, "-o", folder, "--json").Expect(0);
        }

        Assert.Equal(File.ReadAllText(_folder.At("a/species.csv")), File.ReadAllText(_folder.At("b/species.csv")));
        Assert.NotEqual(File.ReadAllText(_folder.At("a/species.csv")), File.ReadAllText(_folder.At("c/species.csv")));
    }

    [Fact]
    public void Sample_Unknown_NamesTheNearest() => _folder.Run("sample", "chrun").ExpectBadInput("There is no sample 'chrun'", "Did you mean 'churn'?");

    [Fact]
    public void Sample_WithoutAName_ListsThem() => Assert.Contains("houses", _folder.Run("sample").Expect(0).Output, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
