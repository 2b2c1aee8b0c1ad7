namespace TuneLab.Cli.Tests.Errors;

public sealed class CommandLineErrorTests : IDisposable
{
    private readonly CliFolder _folder = new();

    [Fact]
    public void UnknownVerb_NamesTheNearest() => _folder.Run("statsu").ExpectBadInput("There is no verb 'statsu'", "Did you mean 'status'?");

    [Fact]
    public void UnknownVerb_OffersNoHiddenOne()
    {
        var error = _folder.Run("slic").Expect(2).Error;
        Assert.Contains("queue", error, StringComparison.Ordinal);
        Assert.DoesNotContain("slice", error, StringComparison.Ordinal);
        Assert.DoesNotContain("host", error, StringComparison.Ordinal);
    }

    [Fact]
    public void VerbOfAVerb_IsNamedAsTyped()
    {
        _folder.Run("backlog", "add", "why?", "--impact", "9").ExpectBadInput("--impact", "'tunelab backlog add --help'");
        _folder.Run("work", "install", "--deadline", "22:00").ExpectBadInput("There is no option '--deadline' of 'tunelab work install'");
        _folder.Run("queue", "hold").ExpectBadInput("'tunelab queue hold' needs ", "'tunelab queue hold --help'");
        _folder.Run("queue", "move", "a", "b").ExpectBadInput("'b' is one word too many for 'tunelab queue move'", "'tunelab queue move --help'");
    }

    [Fact]
    public void UnknownOption_NamesTheNearest() => _folder.Run("run", "x.yaml", "--trails", "3").ExpectBadInput("There is no option '--trails' of 'tunelab run'", "Did you mean '--trials'?");

    [Fact]
    public void UnknownOption_InPlaceOfAnArgument_IsNotTakenForIt() => _folder.Run("status", "--jsn").ExpectBadInput("There is no option '--jsn'", "Did you mean '--json'?");

    [Fact]
    public void UnknownOption_OfAll_NamesTheNearest() => _folder.Run("--verison").ExpectBadInput("There is no option '--verison' of 'tunelab'", "Did you mean '--version'?");

    [Fact]
    public void Verb_Missing_ListsThem() => _folder.Run("--quiet").ExpectBadInput("No verb is given", "run, status");

    [Fact]
    public void Argument_Missing_SaysWhichAndWhatItIs() => _folder.Run("run").ExpectBadInput("'tunelab run' needs FILE", "the experiment file");

    [Fact]
    public void SecondArgument_Missing_SaysWhich() => _folder.Run("predict", "model.zip").ExpectBadInput("'tunelab predict' needs DATA");

    [Fact]
    public void Word_TooMany_IsNamed() => _folder.Run("status", "a", "b").ExpectBadInput("'b' is one word too many");

    [Fact]
    public void Option_WithoutValue_IsNamed() => _folder.Run("status", "--store").ExpectBadInput("'--store' needs a value");

    [Theory]
    [InlineData("--jobs", "0", "--jobs is '0'; allowed is a whole number from 1 to 1024")]
    [InlineData("--threads", "100000", "--threads is '100000'; allowed is a whole number from 1 to 1024")]
    [InlineData("--jobs", "many", "--jobs is 'many'")]
    [InlineData("--grace", "soon", "--grace is 'soon'; allowed is a duration")]
    [InlineData("--grace", "10", "--grace is '10'; allowed is a duration")]
    public void Option_WithBadValue_SaysWhatIsAllowed(string option, string value, string words) => _folder.Run("run", "x.yaml", option, value).ExpectBadInput(words);

    [Fact]
    public void Option_GivenTwice_IsNamed() => _folder.Run("run", "x.yaml", "--jobs", "1", "--jobs", "2").ExpectBadInput("'--jobs' is given 2 times");

    [Fact]
    public void Set_WithoutEqualsSign_ShowsHow() => _folder.Run("run", "x.yaml", "--set", "seed").ExpectBadInput("--set is 'seed'; it takes KEY=VALUE");

    [Fact]
    public void Time_WithBadValue_IsNamedAsTyped()
    {
        ToyTable.WriteTo(_folder);
        _folder.Run("run", "toy.yaml", "--time", "5x").ExpectBadInput("--time 5x");
    }

    [Fact]
    public void Json_WithAnError_IsOneDocumentOnStandardOutput()
    {
        var result = _folder.Run("run", "nothing.yaml", "--json").Expect(2);
        Assert.Empty(result.Error);
        var error = result.Json().GetProperty("error");
        Assert.Contains("nothing.yaml", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEqual("", error.GetProperty("hint").GetString());
        Assert.Equal(1, error.GetProperty("faults").GetArrayLength());
    }

    [Fact]
    public void Json_WithAnUnknownOption_IsOneDocumentToo()
        => Assert.Contains("--trails", _folder.Run("run", "x.yaml", "--json", "--trails").Expect(2).Json().GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);

    [Fact]
    public void Verbose_WithAnError_AddsTheStackTrace() => Assert.Contains("   at TuneLab.", _folder.Run("run", "nothing.yaml", "--verbose").Expect(2).Error, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
