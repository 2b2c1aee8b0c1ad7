using System.Text.Json;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Hosting.Tests.Host;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests;

/// <summary>Programs of the user's as real processes.</summary>
public sealed class ProgramRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab").FullName;
    private readonly ProgramRunner _runner = new(TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_AnyArguments_ReachTheProgramAsTheyAre()
    {
        string[] words = ["a b", "", "\"", "'", "\\", "a\\\"b\\\\", "$HOME", "%PATH%", "; echo x", "`date`", "*", "|&<>", "\u00e9", "--x={y}"];
        var lines = new List<string>();
        var end = _runner.Run(Call(["say", .. words]), line => { lines.Add(line); return true; }, CancellationToken.None);

        Assert.Equal((0, false, ""), (end.ExitCode, end.OverMemory, end.LastError));
        Assert.Equal(words, JsonSerializer.Deserialize<string[]>(lines[0])!);
        Assert.Equal(Path.GetFileName(_folder), Path.GetFileName(lines[1]));
        Assert.Equal(["17", "0"], lines[2..]);
    }

    [Fact]
    public void Run_Fails_HasCodeAndLastErrorLine()
    {
        var end = _runner.Run(Call("fail"), _ => true, CancellationToken.None);
        Assert.Equal((7, "ValueError: singular"), (end.ExitCode, end.LastError));
    }

    [Fact]
    public void Run_NoSuchProgram_SaysWhere()
    {
        Assert.Contains("on the PATH", Assert.Throws<TuneLabException>(() => _runner.Run(Call() with { Command = ["no-such-program-here"] }, _ => true, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains(_folder, Assert.Throws<TuneLabException>(() => _runner.Run(Call() with { Command = ["./no-such"] }, _ => true, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_EndsTheProgramAndItsChild()
    {
        var child = 0;
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => _runner.Run(Call("parent", "sleeps"), line => { child = Number(line); stop.Cancel(); return true; }, stop.Token));
        LiveProcess.AssertEnds(child);
    }

    [SkippableFact]
    public void Run_HeldAndReleased_SuspendsTheProgramAndItsChildUntilThen()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the state of a process is read there alone");
        using var pause = new RunPause(TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var watching = Task.CompletedTask;
        Assert.ThrowsAny<OperationCanceledException>(() => new ProgramRunner(pause.Clock, pause).Run(Call("parent", "sleeps"), line =>
        {
            pause.Hold("test");
            watching = Task.Run(() =>
            {
                LiveProcess.AssertSuspended(Number(line), true);
                pause.Release("test");
                LiveProcess.AssertSuspended(Number(line), false);
            }).ContinueWith(seen =>
            {
                pause.Release("test");
                stop.Cancel();
                return seen;
            }, TaskScheduler.Default).Unwrap();
            return true;
        }, stop.Token));
        watching.GetAwaiter().GetResult();
    }

    [Fact]
    public void Run_RefusedLine_EndsTheProgramAndItsChild()
    {
        var child = 0;
        var end = _runner.Run(Call("parent", "sleeps"), line => { child = Number(line); return false; }, CancellationToken.None);
        Assert.Null(end.ExitCode);
        LiveProcess.AssertEnds(child);
    }

    [SkippableTheory]
    [InlineData("ends")]
    [InlineData("leaves")]
    public void Run_EndsAndLeavesAChildBehind_DoesNotWaitForItAndEndsIt(string way)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "children that were left behind are found there alone");
        var child = 0;
        Assert.Equal(0, _runner.Run(Call("parent", way), line => { child = child == 0 ? Number(line) : child; return true; }, CancellationToken.None).ExitCode);
        LiveProcess.AssertEnds(child);
    }

    [Fact]
    public void Run_OverItsMemory_IsEndedAndSaysHowMuchItHad()
    {
        var end = _runner.Run(Call("hog", "self") with { MemoryLimitBytes = 200 << 20 }, _ => true, CancellationToken.None);
        Assert.Equal((null, true), Ended(end));
        Assert.True(end.PeakMemoryBytes > 200 << 20);
    }

    [SkippableFact]
    public void Run_ItsChildOverTheMemory_IsEnded()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "children are measured there alone");
        Assert.Equal((null, true), Ended(_runner.Run(Call("hog", "child") with { MemoryLimitBytes = 250 << 20 }, _ => true, CancellationToken.None)));
    }

    [Fact]
    public void Experiment_ATrialThatHangsOrHogs_FailsWithTheReasonAndLeavesNoChild()
    {
        var file = HostCommands.This("program", "{what}", "{way}");
        var plan = PlanReader.Read($$"""
            trainer: command
            run: '{{string.Join(' ', new[] { file.File }.Concat(file.Arguments).Select(w => "\"" + w + "\"")).Replace("'", "''", StringComparison.Ordinal)}}'
            space: { what: [say, parent, hog], way: [sleeps, self] }
            budget: { trials: 7, trial_time: 6s, trial_memory: 200MB }
            stages: [{ name: search, sampler: grid, trials: 6, prune: none }]
            """, Path.Combine(_folder, "limits.yaml"));
        using var store = new MemoryTrialStore(TimeProvider.System);
        var error = Assert.Throws<NoAnswerException>(() => new ExperimentRunner(store, TimeProvider.System, [], programs: _runner).Run(LoadedExperiment.Load(plan, new TrainerCatalog([])), new RunOptions { Jobs = 2 }));

        Assert.Contains("over the limit of 6 s (budget.trial_time)", error.Message, StringComparison.Ordinal);
        Assert.Contains("over the limit of 200 MB (budget.trial_memory)", error.Message, StringComparison.Ordinal);
        Assert.Contains("no JSON line", error.Message, StringComparison.Ordinal);
    }

    private static int Number(string line) => int.Parse(line, CultureInfo.InvariantCulture);

    private static (int?, bool) Ended(ProgramEnd end) => (end.ExitCode, end.OverMemory);

    private ProgramCall Call(params string[] arguments)
    {
        var host = HostCommands.This(["program", .. arguments]);
        return new ProgramCall([host.File, .. host.Arguments], _folder, new Dictionary<string, string> { ["TUNELAB_TRIAL"] = "17" }, null);
    }
}
