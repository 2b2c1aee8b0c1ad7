using System.Globalization;
using TuneLab.Cli.Tests.Runs;
using TuneLab.Testing.Workers;

namespace TuneLab.Cli.Tests.Work;

/// <summary>Workers in processes of their own on a queue of small experiments.</summary>
public sealed class WorkTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public WorkTests()
    {
        ToyTable.WriteTo(_folder);
        _folder.Write("worker.yaml", "nice: 0\nio: normal\nretry: { attempts: 20, wait: 1s }\n"); // other tests run beside
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Drain_OneThatFailsAmongOthers_RunsTheOthersAndSaysWhy()
    {
        Write("first", ToyTable.Experiment());
        Write("bad", ToyTable.Experiment());
        Write("last", ToyTable.Experiment("seed: 9\n"));
        Tool.Run("queue", "add", "first.yaml", "last.yaml");
        _folder.Write("other.csv", ToyTable.Binary(100));
        _folder.Write("bad.yaml", "name: bad\n" + ToyTable.Experiment().Replace("toy.csv", "other.csv", StringComparison.Ordinal));
        Tool.Run("queue", "add", "bad.yaml", "--priority", "9");
        File.AppendAllText(_folder.At("other.csv"), "0.5,0.5,x,yes\n");
        _folder.Write("first.yaml", "what was queued is kept"); // an edit after it was queued

        var output = Tool.Run("work", "--drain", "--jobs", "2", "--settings", "worker.yaml");

        Assert.Contains("other.csv' has changed since it was queued", output, StringComparison.Ordinal);
        Assert.Equal(["bad failed", "first done", "last done"], States());
        Assert.True(File.Exists(_folder.At("runs/first/model.zip")), output);
        Assert.True(File.Exists(_folder.At("runs/last/report.html")), output);
    }

    [SkippableFact]
    public void Work_KilledAgainAndAgain_EndsAllAndComputesNothingTwice()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the programs need a shell and awk");
        string[] names = ["one", "two"];
        LoggedPrograms.WriteTo(_folder.Folder, names, trials: 20, seconds: 0.25);
        Tool.Run(["queue", "add", .. names.Select(n => n + ".yaml")]);
        var report = KilledWorkers.WorkOff(Tool, kills: 4, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2.5), seed: 7, "--settings", "worker.yaml");
        Assert.True(report.Kills > 0);
        Assert.Empty(report.Twice);
        Assert.Equal(["one done", "two done"], States());
        using var undisturbed = new CliFolder();
        LoggedPrograms.WriteTo(undisturbed.Folder, names, trials: 20, seconds: 0);
        foreach (var name in names)
        {
            undisturbed.Run("run", name + ".yaml", "--quiet").Expect(0);
            Assert.Equal(TrialsFile.Lasting(undisturbed.At($"runs/{name}/trials.csv")), TrialsFile.Lasting(_folder.At($"runs/{name}/trials.csv")));
        }
    }

    [SkippableFact]
    public void Work_WithANiceValue_GivesWayToOtherSessionsToo()
    {
        Skip.IfNot(File.Exists("/proc/self/autogroup"), "the kernel does not share processors among sessions");
        string[] names = ["one"];
        LoggedPrograms.WriteTo(_folder.Folder, names, trials: 1, seconds: 0);
        File.AppendAllText(_folder.At("fit.sh"), "cat /proc/self/autogroup >> groups\n");
        _folder.Write("worker.yaml", "nice: 1\nio: normal\n");
        Tool.Run("queue", "add", "one.yaml");
        Tool.Run("work", "--drain", "--jobs", "1", "--settings", "worker.yaml");
        Assert.All(File.ReadLines(_folder.At("groups")), line => Assert.EndsWith(" nice 1", line, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Work_Paused_ItsProgramsStandStill()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the program needs a shell");
        LoggedPrograms.WriteTo(_folder.Folder, ["one"], trials: 1, seconds: 0);
        _folder.Write("fit.sh", "echo $$ > program\nfor i in $(seq 3000); do echo $i >> beats; sleep 0.02; done\n");
        Tool.Run("queue", "add", "one.yaml");
        using var work = ChildProcess.Start(_folder, "work", "--drain", "--jobs", "1", "--settings", "worker.yaml");
        for (var round = 0; round < 3; round++)
        {
            await Until(Beats(), from => Beats() > from);
            _folder.Run("queue", "pause").Expect(0);
            await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
            var before = Beats();
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            Assert.Equal(before, Beats());
            _folder.Run("queue", "resume").Expect(0);
        }

        // one that rests ends with its worker, and what it has started with it
        await Until(Beats(), from => Beats() > from);
        _folder.Run("queue", "pause").Expect(0);
        await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
        var program = "/proc/" + File.ReadAllText(_folder.At("program")).Trim();
        Assert.True(Directory.Exists(program));
        work.Kill();
        await Until(program, p => !Directory.Exists(p) || File.ReadAllText(p + "/stat").Contains(") Z ", StringComparison.Ordinal));

        long Beats() => File.Exists(_folder.At("beats")) ? new FileInfo(_folder.At("beats")).Length : 0;

        static async Task Until<T>(T what, Func<T, bool> holds)
        {
            for (var i = 0; !holds(what); i++)
            {
                Assert.True(i < 300, "it never came to that");
                await Task.Delay(200, CancellationToken.None);
            }
        }
    }

    [Fact]
    public async Task Work_PausedManyTimes_FindsTheSame()
    {
        const string Longer = "space: { boosting: { rounds: 200, leaves: { low: 2, high: 8 } } }\nbudget: { trials: 60 }\nstages:\n  - { name: coarse, sampler: random, trials: 59 }\n  - { name: confirm, top: 2, repeats: 2 }\n";
        _folder.Write("toy.csv", ToyTable.Binary(2000));
        Write("long", "data: { file: toy.csv, label: y }\nmetric: auc\ntrainers: [boosting]\nvalidate: { folds: 3 }\noutput: { folder: runs/long }\n" + Longer);
        Tool.Run("queue", "add", "long.yaml");
        using (var work = ChildProcess.Start(_folder, "work", "--drain", "--jobs", "2", "--settings", "worker.yaml"))
        {
            await work.Printed("coarse: ");
            for (var i = 0; i < 4 && !work.Output.Contains("done:", StringComparison.Ordinal); i++)
            {
                _folder.Run("queue", "pause").Expect(0);
                await Task.Delay(300 + (200 * i), CancellationToken.None);
                _folder.Run("queue", "resume").Expect(0);
                await Task.Delay(400, CancellationToken.None);
            }

            Assert.Equal(0, await work.Ended());
            Assert.Contains("rests: the queue is paused", work.Output, StringComparison.Ordinal);
        }

        using var undisturbed = new CliFolder();
        undisturbed.Write("toy.csv", ToyTable.Binary(2000));
        undisturbed.Write("long.yaml", File.ReadAllText(_folder.At("long.yaml")));
        undisturbed.Run("run", "long.yaml", "--quiet", "--jobs", "2").Expect(0);
        Assert.Equal(TrialsFile.Lasting(undisturbed.At("runs/long/trials.csv")), TrialsFile.Lasting(_folder.At("runs/long/trials.csv")));
    }

    [Fact]
    public async Task WorkStop_WhileOneRuns_LeavesItAndTheNextWorkerGoesOn()
    {
        WriteEndless();
        Tool.Run("queue", "add", "endless.yaml");
        using (var work = ChildProcess.Start(_folder, "work", "--when", "always", "--jobs", "2", "--settings", "worker.yaml"))
        {
            await work.Printed("coarse: ");
            Assert.Contains("endless", _folder.Run("work", "status").Expect(0).Output, StringComparison.Ordinal);
            _folder.Run("work", "stop").Expect(0);
            Assert.Equal(0, await work.Ended());
        }

        Assert.Equal(["endless paused"], States());
        Assert.Contains("No worker", _folder.Run("work", "status").Expect(0).Output, StringComparison.Ordinal);
        using var again = ChildProcess.Start(_folder, "work", "--jobs", "2", "--settings", "worker.yaml", "--drain");
        await again.Printed("goes on");
        await again.Printed("coarse: ");
        _folder.Run("stop", "endless").Expect(0);
        Assert.Equal(0, await again.Ended());
        Assert.Equal(["endless held"], States());
        Assert.True(File.Exists(_folder.At("runs/toy/model.zip")), again.Output);
    }

    [Fact]
    public async Task Stop_WhileNoWorkerHasIt_TheNextOneConfirmsAndExportsTheBestSoFar()
    {
        WriteEndless();
        Tool.Run("queue", "add", "endless.yaml");
        using (var work = ChildProcess.Start(_folder, "work", "--when", "always", "--jobs", "1", "--settings", "worker.yaml"))
        {
            await work.Printed("coarse: ");
            await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
            _folder.Run("work", "stop").Expect(0);
            Assert.Equal(0, await work.Ended());
        }

        Assert.Contains("the stop is kept", _folder.Run("stop", "endless").Expect(0).Output, StringComparison.Ordinal);
        var output = Tool.Run("work", "--drain", "--jobs", "1", "--settings", "worker.yaml");
        Assert.Equal(["endless held"], States());
        Assert.True(File.Exists(_folder.At("runs/toy/model.zip")), output);
    }

    [Fact]
    public async Task Work_TheDeadlinePassesWhileItRests_ConfirmsAndExportsWhatItHas()
    {
        WriteEndless();
        Tool.Run("queue", "add", "endless.yaml", "--deadline", "+30s");
        using var work = ChildProcess.Start(_folder, "work", "--when", "always", "--jobs", "2", "--settings", "worker.yaml");
        await work.Printed("coarse: ");
        _folder.Run("queue", "pause").Expect(0);
        await work.Printed("the best so far is confirmed and exported when it may run");
        Assert.False(File.Exists(_folder.At("runs/toy/model.zip")), work.Output);
        _folder.Run("queue", "resume").Expect(0);
        await work.Printed("had passed before it was done; the best so far is confirmed and exported: ");
        _folder.Run("work", "stop").Expect(0);
        Assert.Equal(0, await work.Ended());
        Assert.Equal(["endless failed"], States());
        Assert.True(File.Exists(_folder.At("runs/toy/model.zip")), work.Output);
    }

    [Fact]
    public void Background_AfterTheQueue_MakesGenerationsUntilNoGainIsLeftAndKeepsTheVerdict()
    {
        Write("first", ToyTable.Experiment());
        Write("refuted", ToyTable.Experiment("seed: 4\n").Replace("metric: auc", "metric: logloss\nexpect: { beats: default, by: 0.9 }", StringComparison.Ordinal));
        _folder.Write("worker.yaml", "nice: 0\nio: normal\nbackground: { slice: 12s, plateau: 1 }\n"); // on a busy machine an experiment has begun after half of it
        Tool.Run("queue", "add", "first.yaml", "refuted.yaml");
        var before = Tool.Run("work", "--drain", "--settings", "worker.yaml");
        var verdict = Status("first").GetProperty("verdict").GetString();
        Assert.Equal("refuted", Status("refuted").GetProperty("verdict").GetString());
        Tool.Run("journal", "add", "looked at the residuals", "--about", "first"); // a note is no answer

        var output = Tool.Run("work", "--drain", "--background", "--settings", "worker.yaml");

        Assert.Contains("going on with first", output, StringComparison.Ordinal);
        Assert.Contains("no gain is left (first: the last generation was not better beyond doubt)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("refuted, generation", output, StringComparison.Ordinal);
        Assert.Equal(verdict, Status("first").GetProperty("verdict").GetString());
        var generations = States().Where(s => s.StartsWith("first, generation", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(generations);
        Assert.True(generations.TrueForAll(g => g.EndsWith("done", StringComparison.Ordinal)), string.Join("\n", generations) + "\n" + before + output);
        Assert.True(File.Exists(_folder.At("runs/first/generation-2/model.zip")), before + output);
    }

    private System.Text.Json.JsonElement Status(string name)
        => _folder.Run("status", "--json").Expect(0).Json().GetProperty("experiments").EnumerateArray().First(e => e.GetProperty("name").GetString() == name);

    private ToolCommand Tool => new(Path.Combine(AppContext.BaseDirectory, "tunelab.dll"), _folder.Folder, _folder.Store);

    private void WriteEndless()
        => Write("endless", ToyTable.Experiment().Replace("trials: 3 }", "trials: 5000 }", StringComparison.Ordinal).Replace("budget: { trials: 6 }", "budget: { trials: 5100 }", StringComparison.Ordinal));

    private void Write(string name, string text) => _folder.Write(name + ".yaml", $"name: {name}\n" + text.Replace("runs/toy", "runs/" + (name == "endless" ? "toy" : name), StringComparison.Ordinal));

    private IEnumerable<string> States()
        => _folder.Run("queue", "list", "--json").Expect(0).Json().EnumerateArray().Select(e => e.GetProperty("name").GetString() + " " + e.GetProperty("state").GetString()).Order(StringComparer.Ordinal);
}
