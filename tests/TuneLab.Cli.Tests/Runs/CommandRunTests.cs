using System.Text.RegularExpressions;
using TuneLab.Hosting.Tests.Host;
using TuneLab.Testing.Workers;

namespace TuneLab.Cli.Tests.Runs;

/// <summary>A program of the user's, tuned from the command line, in real processes.</summary>
public sealed partial class CommandRunTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public CommandRunTests() => _folder.Write("tuned.yaml", Experiment(0));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Verbs_OnAProgram_PrintTheGoldenText()
    {
        var check = _folder.Run("check", "tuned.yaml", "--jobs", "2").Expect(0).Output;
        var run = _folder.Run("run", "tuned.yaml", "--jobs", "2", "--quiet").Expect(0).Output;
        var export = _folder.Run("export", "tuned.yaml").Expect(0).Output;
        var trials = _folder.Run("trials", "tuned.yaml", "--top", "2").Expect(0).Output;
        var best = File.ReadAllText(_folder.At("best.json"));

        Golden.Matches("tests/TuneLab.Cli.Tests/Golden/command.txt", Neutral(string.Join("\n---\n", check, run, export, trials, best)));
        Assert.Equal(best, File.ReadAllText(_folder.At("runs/tuned/best.json")));
        Assert.Equal(["analysis.json", "best.json", "experiment.json", "report.html", "report.md", "trials.csv"], Directory.GetFiles(_folder.At("runs/tuned")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Contains("A program leaves no model here", File.ReadAllText(_folder.At("runs/tuned/report.md")), StringComparison.Ordinal);
        Assert.Contains("score", _folder.Run("status", "tuned.yaml").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AgainAndUnderAnotherName_RunsNothing()
    {
        _folder.Run("run", "tuned.yaml", "--quiet").Expect(0);
        foreach (var name in (string[])["tuned", "again"])
        {
            var json = _folder.Run("run", "tuned.yaml", "--json", "--set", "name=" + name, "--set", "expect.by=0.01").Expect(0).Json();
            Assert.Equal(0, json.GetProperty("evaluations").GetProperty("computed").GetInt32());
            Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("best").GetProperty("holdout").ValueKind);
        }
    }

    [Fact]
    public void Jobs_OneOrFour_GiveTheSameTrials()
    {
        _folder.Run("run", "tuned.yaml", "--quiet", "--jobs", "4").Expect(0);
        using var other = new CliFolder();
        other.Write("tuned.yaml", Experiment(0));
        other.Run("run", "tuned.yaml", "--quiet", "--jobs", "1").Expect(0);
        Assert.Equal(TrialsFile.Lasting(other.At("runs/tuned/trials.csv")), TrialsFile.Lasting(_folder.At("runs/tuned/trials.csv")));
    }

    [Fact]
    public async Task Kill_ThenAgain_EqualsAnUninterruptedRun()
    {
        _folder.Write("tuned.yaml", Experiment(60));
        using (var run = ChildProcess.Start(_folder, "run", "tuned.yaml", "--verbose", "--jobs", "2"))
        {
            await run.Printed("trial 4, ");
            run.Kill();
            await run.Ended();
        }

        _folder.Run("run", "tuned.yaml", "--quiet", "--jobs", "2").Expect(0);
        using var whole = new CliFolder();
        whole.Write("tuned.yaml", Experiment(60));
        whole.Run("run", "tuned.yaml", "--quiet").Expect(0);
        Assert.Equal(TrialsFile.Lasting(whole.At("runs/tuned/trials.csv")), TrialsFile.Lasting(_folder.At("runs/tuned/trials.csv")));
    }

    [SkippableFact]
    public async Task CtrlC_DuringTheSearch_EndsTheProgramsAndKeepsTheBest()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the processes are listed there alone");
        _folder.Write("tuned.yaml", Experiment(400));
        using var run = ChildProcess.Start(_folder, "run", "tuned.yaml", "--verbose", "--jobs", "2", "--set", "stages.0.trials=5000", "--set", "budget.trials=5000", "--grace", "1s");
        await run.Printed("trial 4, ");
        var programs = run.Children();
        Assert.NotEmpty(programs);
        run.Signal();
        Assert.Equal(3, await run.Ended());
        Assert.All(programs, p => Assert.False(Directory.Exists($"/proc/{p}"), $"{p} lives"));
        Assert.True(File.Exists(_folder.At("runs/tuned/best.json")), run.Output);
        Assert.DoesNotContain("failed", File.ReadAllText(_folder.At("runs/tuned/trials.csv")), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("kill -9 $PPID\n")] // before anybody could say whom to watch over
    public async Task Kill_EndsTheProgramAndWhatItHasStarted(string atOnce)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "looks at /proc");
        using var folder = new CliFolder();
        LoggedPrograms.WriteTo(folder.Folder, ["one"], trials: 1, seconds: 0);
        folder.Write("fit.sh", "(echo begun; exec sleep 600) &\nchild=$!\necho $$ $child > programs.part\nmv programs.part programs\n" + atOnce + "wait\n");
        using var run = ChildProcess.Start(folder, "run", "one.yaml", "--jobs", "1");
        await Until(() => File.Exists(folder.At("programs")));
        var programs = File.ReadAllText(folder.At("programs")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, programs.Length);
        if (atOnce.Length == 0)
        {
            Assert.All(programs, p => Assert.True(IsAlive(p)));
            run.Kill();
        }

        await Until(() => !Array.Exists(programs, IsAlive));

        static bool IsAlive(string process)
        {
            try
            {
                return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        }

        static async Task Until(Func<bool> holds)
        {
            for (var i = 0; !holds(); i++)
            {
                Assert.True(i < 600, "it never came to that");
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    [Fact]
    public void Check_TheProgramFails_SaysWhyAndExitsWith1()
    {
        _folder.Write("tuned.yaml", Experiment(0).Replace("\"score\"", "\"fail\"", StringComparison.Ordinal));
        Assert.Contains("ended with code 7: ValueError: singular", _folder.Run("check", "tuned.yaml").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Example_IsReadAndItsProgramIsThere()
    {
        var plan = TuneLab.Experiments.Files.PlanReader.ReadFile(RepositoryFile.At("configs/command/curve.yaml"));
        Assert.All(plan.Command!.Inputs, i => Assert.True(File.Exists(i), i));
    }

    private static string Experiment(int milliseconds)
    {
        var host = HostCommands.This("program", "score");
        var run = string.Join(' ', new[] { host.File }.Concat(host.Arguments).Select(w => "\"" + w + "\""));
        return $$"""
            name: tuned
            trainer: command
            run: '{{run.Replace("'", "''", StringComparison.Ordinal)}} {x} {{milliseconds}}'
            expect: { by: 0.1 }
            space: { x: { low: 0, high: 1, default: 0.9 } }
            budget: { trials: 13, trial_time: 60s }
            stages: [{ name: search, sampler: sobol, trials: 12 }, { name: confirm, top: 1, repeats: 3 }]

            """;
    }

    // times, folders and the runtime's own program
    private string Neutral(string text)
    {
        var host = HostCommands.This();
        text = Seconds().Replace(_folder.Neutral(text).Replace(host.File, "DOTNET", StringComparison.Ordinal).Replace(host.Arguments[1], "PROGRAM", StringComparison.Ordinal), "TIME");
        return Widths().Replace(text.Replace("TIME TIME", "TIME", StringComparison.Ordinal), "  ");
    }

    [GeneratedRegex(@"\b\d+([.:]\d+)? ?(s|ms|min|h)\b|\d+:\d\d|(?<=  )\d+\.\d+(?=  no)")]
    private static partial Regex Seconds();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Widths();
}
