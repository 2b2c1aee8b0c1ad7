namespace TuneLab.Cli.Tests.Runs;

/// <summary>Runs that are stopped, killed and repeated, as real processes, on the churn sample.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Short = """
        data: { file: churn.csv, label: churned, ignore: [customer_id] }
        metric: auc
        trainers: [boosting, linear]
        space: { boosting: { rounds: 30 } }
        validate: { folds: 3 }
        seed: 3
        stages:
          - { name: coarse, sampler: random, trials: 10, rows: 0.5 }
          - { name: refine, passes: 2, trials: 6 }
          - { name: confirm, top: 2, repeats: 2 }
        output: { folder: out }
        """;

    private readonly CliFolder _folder = new();

    public InterruptionTests() => Prepare(_folder, Short);

    [SkippableFact]
    public async Task CtrlC_DuringTheSearch_KeepsTheBestSoFarAndExitsWith3()
    {
        Skip.If(OperatingSystem.IsWindows(), "a process can't be sent Ctrl-C alone there");
        // far more trials than there is time for
        using var run = ChildProcess.Start(_folder, "run", "churn.yaml", "--set", "stages.0.trials=5000", "--grace", "20s", "--verbose");
        await run.Printed("trial 4, ");
        run.Signal();
        Assert.Equal(3, await run.Ended());
        Assert.Contains("stopping: the best so far", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.At("out/model.zip")), run.Output);
        _folder.Run("predict", "out/model.zip", "churn.csv", "-o", "predictions.csv").Expect(0);
        Assert.Contains("stopped", _folder.Run("status", "churn.yaml").Expect(0).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task CtrlC_Twice_EndsAtOnceWith3()
    {
        Skip.If(OperatingSystem.IsWindows(), "a process can't be sent Ctrl-C alone there");
        using var run = ChildProcess.Start(_folder, "run", "churn.yaml", "--set", "stages.0.trials=5000", "--set", "stages.2.repeats=1000", "--grace", "10m", "--verbose");
        await run.Printed("trial 4, ");
        run.Signal("TERM");
        await run.Printed("stopping: the best so far");
        run.Signal();
        Assert.Equal(3, await run.Ended());
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_WhileItIsPaused_KeepsTheBestSoFarAndExitsWith3(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "a process can't be sent a signal alone there");
        using var run = ChildProcess.Start(_folder, "run", "churn.yaml", "--set", "stages.0.trials=5000", "--grace", "20s", "--verbose");
        await run.Printed("trial 4, ");
        _folder.Run("pause", "churn").Expect(0);
        await run.Printed("paused by 'tunelab pause'");
        run.Signal(signal);
        Assert.Equal(3, await run.Ended());
        Assert.True(File.Exists(_folder.At("out/model.zip")), run.Output);
    }

    [Fact]
    public async Task Kill_AtAnyMomentThenAgain_EqualsAnUninterruptedRun()
    {
        foreach (var moment in (string[])["trial 1, ", "trial 13, "])
        {
            using var run = ChildProcess.Start(_folder, "run", "churn.yaml", "--verbose", "--jobs", "2");
            await run.Printed(moment);
            run.Kill();
            await run.Ended();
        }

        using (var last = ChildProcess.Start(_folder, "run", "churn.yaml", "--jobs", "2"))
        {
            Assert.True(await last.Ended() == 0, last.Output);
        }

        using var whole = new CliFolder();
        Prepare(whole, Short);
        whole.Run("run", "churn.yaml", "--quiet", "--jobs", "1").Expect(0);
        Assert.Equal(TrialsFile.Lasting(whole.At("out/trials.csv")), TrialsFile.Lasting(_folder.At("out/trials.csv")));
        Assert.Equal(whole.Run("predict", "out/model.zip", "churn.csv").Expect(0).Output, _folder.Run("predict", "out/model.zip", "churn.csv").Expect(0).Output);
    }

    [Fact]
    public void Jobs_OneOrFour_GiveTheSameTrials()
    {
        _folder.Run("run", "churn.yaml", "--quiet", "--jobs", "4", "--threads", "2").Expect(0);
        using var other = new CliFolder();
        Prepare(other, Short);
        other.Run("run", "churn.yaml", "--quiet", "--jobs", "1").Expect(0);
        Assert.Equal(TrialsFile.Lasting(other.At("out/trials.csv")), TrialsFile.Lasting(_folder.At("out/trials.csv")));
    }

    public void Dispose() => _folder.Dispose();

    private static void Prepare(CliFolder folder, string experiment)
    {
        File.Copy(RepositoryFile.At("data-samples/churn.csv"), folder.At("churn.csv"));
        folder.Write("churn.yaml", experiment);
    }
}
