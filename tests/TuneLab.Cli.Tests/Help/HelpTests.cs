namespace TuneLab.Cli.Tests.Help;

public class HelpTests
{
    public static TheoryData<string> Verbs => new(CliApp.Verbs().Select(v => v.Name));

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_OfVerb_IsTheGoldenFile(string verb)
    {
        using var folder = new CliFolder();
        var result = folder.Run(verb, "--help").Expect(0);
        Golden.Matches($"tests/TuneLab.Cli.Tests/Golden/help-{verb}.txt", result.Output);
        Assert.Contains("Example:\n  tunelab " + verb, result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Help_OfAll_IsTheGoldenFile()
    {
        using var folder = new CliFolder();
        Golden.Matches("tests/TuneLab.Cli.Tests/Golden/help.txt", folder.Run("--help").Expect(0).Output);
    }

    [Fact]
    public void Run_WithoutWords_PrintsTheHelp()
    {
        using var folder = new CliFolder();
        Assert.Equal(folder.Run("--help").Output, folder.Run().Expect(0).Output);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Example_OfVerb_HasOptionsThatTheVerbKnows(string verb)
    {
        using var folder = new CliFolder();
        var help = folder.Run(verb, "--help").Output;
        var example = CliApp.Verbs().First(v => v.Name == verb).Example;
        foreach (var option in example.Split(' ', '\n').Where(w => w.StartsWith('-')))
        {
            Assert.Contains(option, help[..help.IndexOf("Example:", StringComparison.Ordinal)], StringComparison.Ordinal);
        }
    }
}
