using System.Text.RegularExpressions;

namespace TuneLab.Cli.Tests.Views;

/// <summary>A run on a terminal.</summary>
public sealed partial class LiveProgressTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public LiveProgressTests() => ToyTable.WriteTo(_folder);

    private CliEnvironment Terminal => _folder.Environment with { IsTerminal = true, Width = 100 };

    [Fact]
    public void Run_OnATerminal_ShowsPlanStagesAndAnswerAndGivesTheCursorBack()
    {
        var output = CliFolder.Run(Terminal, "run", "toy.yaml").Expect(0).Output;
        Assert.Contains("\u001b[?25l", output, StringComparison.Ordinal);
        Assert.True(output.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > output.LastIndexOf("\u001b[?25l", StringComparison.Ordinal), "the cursor stays hidden");
        var words = Escapes().Replace(output, "");
        Assert.Contains("trainers and what is searched:", words, StringComparison.Ordinal);
        Assert.Matches("coarse ended after [0-9.]+ s: 3 trials, as planned", words);
        Assert.Contains("verdict: ", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Frame_OnATerminal_NeverGoesUpByZeroLines()
        => Assert.DoesNotContain("\u001b[0A", CliFolder.Run(Terminal, "run", "toy.yaml").Expect(0).Output, StringComparison.Ordinal);

    [Fact]
    public void Run_OnATerminalWithAnError_GivesTheCursorBackAndSaysIt()
    {
        var result = CliFolder.Run(Terminal, "run", "toy.yaml", "--set", "data.label=z").Expect(2);
        Assert.EndsWith("\u001b[?25h", result.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.StartsWith("error: toy.csv has no column 'z'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_QuietOnATerminal_WritesNoEscapes() => Assert.DoesNotContain('\u001b', CliFolder.Run(Terminal, "run", "toy.yaml", "--quiet").Expect(0).Output);

    [Fact]
    public void Run_StoppedBeforeTheFirstTrial_ExitsWith3AndSaysHowToGoOn()
    {
        var result = CliFolder.Run(_folder.Environment with { Listen = Stopped }, "run", "toy.yaml");
        result.ExpectError(3, "Stopped before");
        Assert.False(File.Exists(_folder.At("runs/toy/model.zip")));
    }

    public void Dispose() => _folder.Dispose();

    private static StopSignals Stopped()
    {
        var signals = new StopSignals();
        signals.Raise();
        return signals;
    }

    [GeneratedRegex(@"\u001b\[[0-9;?]*[a-zA-Z]")]
    private static partial Regex Escapes();
}
