namespace TuneLab.Cli.Tests.Runs;

/// <summary><c>isolate: true</c> as real processes: tunelab and the hosts that it starts.</summary>
public sealed class IsolationTests : IDisposable
{
    private const string Trainers = "trainers=[boosting, forest, linear]";
    private const string Spaces = "space={ boosting: { rounds: 20 }, forest: { trees: 10 } }";

    private readonly CliFolder _folder = new();

    public IsolationTests() => ToyTable.WriteTo(_folder);

    [Fact]
    public void Run_Isolated_GivesTheTrialsAndTheModelOfOneInProcess()
    {
        Run(_folder, "2").Expect(0);
        foreach (var jobs in (string[])["1", "2"])
        {
            using var other = new CliFolder();
            ToyTable.WriteTo(other);
            Run(other, jobs, "--set", "isolate=true").Expect(0);
            Assert.Equal(TrialsFile.Lasting(_folder.At("runs/toy/trials.csv")), TrialsFile.Lasting(other.At("runs/toy/trials.csv")));
            Assert.Equal(File.ReadAllBytes(_folder.At("runs/toy/model.zip")), File.ReadAllBytes(other.At("runs/toy/model.zip")));
        }
    }

    [Fact]
    public void Run_IsolatedAfterARunInProcess_IsTheSameExperiment()
    {
        var first = Run(_folder, "2").Expect(0);
        var again = Run(_folder, "2", "--set", "isolate=true").Expect(0);
        Assert.Equal(0, again.Json().GetProperty("evaluations").GetProperty("computed").GetInt32());
        Assert.Equal(first.Json().GetProperty("best").ToString(), again.Json().GetProperty("best").ToString());
    }

    [Fact]
    public void Run_TrialMemoryThatNoProcessKeeps_FailsEveryTrialWithTheReason()
        => Assert.Contains("over the limit of 1 MB (budget.trial_memory)", Run(_folder, "2", "--set", "budget.trial_memory=1MB").Expect(1).Output, StringComparison.Ordinal);

    [Fact]
    public void Check_Isolated_TakesEveryTrainerThroughAHost()
    {
        var result = _folder.Run("check", "toy.yaml", "--set", "isolate=true", "--set", Trainers, "--set", Spaces).Expect(0);
        Assert.Contains("every trial runs in a process of its own", result.Output, StringComparison.Ordinal);
        Assert.Equal(3, result.Output.Split("works").Length - 1);
    }

    [SkippableFact]
    public async Task Kill_OfAnIsolatedRun_EndsItsHostsAndTheNextRunGoesOn()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "children are found in /proc");
        using (var run = ChildProcess.Start(_folder, "run", "toy.yaml", "--verbose", "--jobs", "2", "--set", "isolate=true", "--set", "stages.0.trials=500", "--set", "budget.trials=510"))
        {
            await run.Printed("trial 3, ");
            var hosts = run.Children();
            Assert.Equal(2, hosts.Count);
            run.Kill();
            await run.Ended();
            Assert.True(SpinWait.SpinUntil(() => hosts.All(h => !Directory.Exists($"/proc/{h}") || File.ReadAllText($"/proc/{h}/stat").Contains(") Z ", StringComparison.Ordinal)), TimeSpan.FromSeconds(30)), "a host lives");
        }

        Assert.True(Run(_folder, "2").Expect(0).Json().GetProperty("evaluations").GetProperty("cached").GetInt32() > 0);
    }

    [SkippableFact]
    public async Task CtrlC_OnAnIsolatedRun_KeepsTheBestSoFar()
    {
        Skip.If(OperatingSystem.IsWindows(), "a process can't be sent Ctrl-C alone there");
        using var run = ChildProcess.Start(_folder, "run", "toy.yaml", "--verbose", "--jobs", "2", "--grace", "30s", "--set", "isolate=true", "--set", "stages.0.trials=5000", "--set", "budget.trials=5010");
        await run.Printed("trial 3, ");
        foreach (var host in run.Children())
        {
            ChildProcess.Signal(host, "INT"); // as a terminal does
        }

        run.Signal();
        Assert.True(await run.Ended() == 3, run.Output);
        Assert.Contains("0 failed)", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.At("runs/toy/model.zip")), run.Output);
    }

    public void Dispose() => _folder.Dispose();

    private static CliResult Run(CliFolder folder, string jobs, params string[] more)
        => folder.Run(["run", "toy.yaml", "--json", "--quiet", "--jobs", jobs, "--set", Trainers, "--set", Spaces, .. more]);
}
