using System.Diagnostics;

namespace TuneLab.Learners.Tests.Edges;

/// <summary>The same models whatever the processor's vectors can do: the runtime is told in child processes to make do with less.</summary>
public sealed class VectorWidthTests
{
    private static readonly Lazy<string[]> Here = new(() => [.. ModelFingerprints.Lines()]);

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "512 False")]
    [InlineData("DOTNET_EnableAVX2", "256 False")]
    [InlineData("DOTNET_EnableHWIntrinsic", "128 False")]
    public void Fit_NarrowerVectors_GivesTheSameModels(string setting, string expected)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ModelFingerprints).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment[setting] = "0";
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains(expected, lines[0], StringComparison.Ordinal); // else the setting has another name in this runtime and nothing was tested
        Assert.Equal(Here.Value, lines[1..]);
    }
}
