namespace TuneLab.Cli.Tests.Runs;

/// <summary>A toy experiment that has been run once: shared by the tests that only look at it.</summary>
public sealed class FinishedToyRun : IDisposable
{
    public FinishedToyRun()
    {
        ToyTable.WriteTo(Folder);
        Result = Folder.Run("run", "toy.yaml", "--jobs", "2").Expect(0);
    }

    /// <summary>Where it ran; tests may add files.</summary>
    public CliFolder Folder { get; } = new();

    /// <summary>What the run printed.</summary>
    public CliResult Result { get; }

    public void Dispose() => Folder.Dispose();
}
