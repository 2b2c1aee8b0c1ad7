using System.Globalization;
using System.Text.Json.Nodes;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Commands;

/// <summary>Whole searches over a program, with the program in this process.</summary>
public sealed class CommandSearchTests : IDisposable
{
    private readonly FakePrograms _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Run_Program_FindsTheBestAndDecidesBySeeds()
    {
        var result = _bench.Run(_bench.Read());

        Assert.True(result.Complete);
        Assert.InRange(result.Best.Configuration.Number("x", double.NaN), 0.2, 0.4);
        Assert.Equal("a", result.Best.Configuration.Choice("kind", ""));
        Assert.Equal(0.9, result.Baseline.Configuration.Number("x", double.NaN));
        Assert.Equal((4, 4), (result.Best.Confirm!.Count, result.Baseline.Confirm!.Count));
        Assert.Null(result.Best.Holdout);
        Assert.Equal(VerdictOutcome.Supported, result.Verdict.Outcome);
        Assert.Equal(0.36, result.Verdict.Effect, 0.02); // noise is the seed's, so it cancels out: (0.9 - 0.3)^2
        Assert.Contains("over 4 fresh seeds", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(-result.Best.Validation.Mean, result.Best.Scores["other"], 12);
    }

    [Fact]
    public void Run_Finished_LeavesTheBestConfigurationAndNoModel()
    {
        var plan = _bench.Read();
        var result = _bench.Run(plan);

        Assert.Equal(["analysis", "best", "experiment", "trials"], result.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["analysis.json", "best.json", "experiment.json", "trials.csv"], Directory.GetFiles(plan.Output.Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        var best = JsonNode.Parse(File.ReadAllText(result.Files["best"]))!;
        var x = result.Best.Configuration.Values["x"].ToString();
        Assert.Equal($"prog --x {x} --kind a --rows 1 --seed 0", (string)best["run"]!);
        Assert.Equal(result.Best.Configuration.Number("x", 0), (double)best["configuration"]!["x"]!);
        var runs = _bench.Runs;
        Assert.Equal(result.Verdict, _bench.Run(plan).Verdict);
        Assert.Equal(runs, _bench.Runs);
    }

    [Fact]
    public void Run_OneJobOrFour_AreTheSameTrials()
    {
        using var other = new FakePrograms();
        _bench.Run(_bench.Read(), jobs: 1);
        other.Run(other.Read(), jobs: 4);

        Assert.True(_bench.Trials().Count > 40);
        Assert.Equal(_bench.Trials(), other.Trials());
    }

    [Fact]
    public void Run_MedianPruner_EndsTrialsAndAFullCacheEndsTheSame()
    {
        using var cached = new FakePrograms();
        var first = _bench.Run(_bench.Read());
        cached.Run(cached.Read(FakePrograms.Unpruned, ("name", "whole"), ("expect.by", "0.01")));
        var runs = cached.Runs;
        var second = cached.Run(cached.Read());

        Assert.InRange(first.Trials.Pruned, 1, 20);
        Assert.Equal(first.Trials.Pruned, second.Trials.Pruned);
        Assert.Equal(_bench.Trials(), cached.Trials().Skip(cached.Trials().Count - _bench.Trials().Count));
        Assert.True(cached.Runs - runs < runs / 2, $"{cached.Runs - runs} runs more");
        Assert.All(_bench.Store.Trials(1).Where(t => t.Status == TrialStatus.Pruned), t => Assert.Contains("worse than the median", t.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_AnotherNameMetricAndExpectation_RunsNothingAgain()
    {
        string[] flat = ["stages=[{ name: search, sampler: grid, trials: 8, prune: none }, { name: confirm, top: 1, repeats: 1 }]", "budget.trials=9"];
        (string, string)[] overrides = [.. flat.Select(o => (o[..o.IndexOf('=', StringComparison.Ordinal)], o[(o.IndexOf('=', StringComparison.Ordinal) + 1)..]))];
        _bench.Run(_bench.Read(FakePrograms.Plan, overrides));
        var runs = _bench.Runs;
        var result = _bench.Run(_bench.Read(FakePrograms.Plan, [.. overrides, ("name", "again"), ("metric", "{ name: other, direction: minimize }"), ("expect.by", "0.2")]));

        Assert.Equal("other", result.Best.Metric);
        Assert.True(result.Best.Validation.Mean < 0);
        Assert.Equal(runs, _bench.Runs);
    }

    [Theory]
    [InlineData("run", "prog --x {x} --kind {kind} --rows {rows} --seed  {seed}")]
    [InlineData("seed", "2")]
    [InlineData("space.kind", "[b, a]", "space.x.default=0.8")]
    public void Run_WhatDecidesAScoreChanges_RunsAgain(string key, string value, string? more = null)
    {
        (string, string)[] small = [("stages", "[{ name: search, sampler: random, trials: 2 }, { name: confirm, top: 1, repeats: 1 }]"), ("budget.trials", "1")];
        _bench.Run(_bench.Read(FakePrograms.Plan, small));
        var runs = _bench.Runs;
        (string, string)[] others = more is null ? [] : [(more.Split('=')[0], more.Split('=')[1])];
        _bench.Run(_bench.Read(FakePrograms.Plan, [.. small, (key, value), .. others]));
        Assert.Equal(2 * runs, _bench.Runs);
    }

    [Fact]
    public void Run_AnInputChanges_RunsAgain_AMovedFolderDoesNot()
    {
        string[] folders = [Path.Combine(_bench.Folder, "a"), Path.Combine(_bench.Folder, "b")];
        foreach (var folder in folders)
        {
            Directory.CreateDirectory(Path.Combine(folder, "data"));
            File.WriteAllText(Path.Combine(folder, "train.py"), "1");
            File.WriteAllText(Path.Combine(folder, "data", "x.csv"), "1");
        }

        ExperimentPlan In(int folder) => TuneLab.Experiments.Files.PlanReader.Read(
            FakePrograms.Plan + "inputs: [train.py, data]\n", Path.Combine(folders[folder], "fake.yaml"), [new("budget.trials", "1"), new("stages.2.repeats", "1")]);
        _bench.Run(In(0));
        var runs = _bench.Runs;
        _bench.Run(In(1));
        Assert.Equal(runs, _bench.Runs);

        File.WriteAllText(Path.Combine(folders[1], "data", "x.csv"), "2");
        _bench.Run(In(1));
        Assert.Equal(2 * runs, _bench.Runs);

        File.Delete(Path.Combine(folders[1], "train.py"));
        Assert.Contains("train.py, which is not there", Assert.Throws<InputException>(() => _bench.Run(In(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SomeTrialsFail_TheSearchGoesOnWithTheirReasons()
    {
        _bench.Instead = call => double.Parse(call.Command[2], CultureInfo.InvariantCulture) switch
        {
            > 0.5 and < 0.7 => new ProgramEnd(3, false, "ValueError: singular", 0),
            > 0.7 and < 0.85 => new ProgramEnd(null, true, "", 0),
            < 0.1 => new ProgramEnd(0, false, "last words", 0),
            _ => null,
        };
        var result = _bench.Run(_bench.Read(FakePrograms.Plan, ("budget.trial_memory", "64MB")));
        string[] reasons = [.. _bench.Store.Trials(1).Where(t => t.Status == TrialStatus.Failed).Select(t => t.Reason).Distinct().Order(StringComparer.Ordinal)];

        Assert.True(result.Complete);
        Assert.Equal(["over the limit of 64 MB (budget.trial_memory)", "the program ended with code 3: ValueError: singular", "the program has no score: it printed no JSON line such as {\"score\": 0.9}: last words"], reasons);
        Assert.Equal(VerdictOutcome.Supported, result.Verdict.Outcome);
    }

    [Fact]
    public void Run_AllTrialsFail_SaysWhy()
    {
        _bench.Instead = _ => new ProgramEnd(1, false, "no module named torch", 0);
        Assert.Contains("no module named torch", Assert.Throws<NoAnswerException>(() => _bench.Run(_bench.Read())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PartOfTheRowsWithoutThePlaceholder_SaysSo()
    {
        var plan = _bench.Read(FakePrograms.Plan.Replace("{rows}", "1", StringComparison.Ordinal));
        var error = Assert.Throws<InputException>(() => _bench.Run(plan));
        Assert.Equal(["Stage 'search' gives part of the rows, but 'run' has no {rows}; write it there, or give part of the folds, its seeds (over: folds)."], error.Faults);
    }

    [Fact]
    public void Run_Stopped_KeepsWhatThereIsAndGoesOn()
    {
        using var stop = new CancellationTokenSource();
        _bench.Instead = _ =>
        {
            if (_bench.Runs >= 15) // runs that begin at once may pass it by
            {
                stop.Cancel();
            }

            return null;
        };
        Assert.False(_bench.Run(_bench.Read(), stop: stop.Token).Complete);
        _bench.Instead = _ => null;
        Assert.True(_bench.Run(_bench.Read()).Complete);

        using var whole = new FakePrograms();
        whole.Run(whole.Read());
        Assert.Equal(whole.Trials(), _bench.Trials());
    }

    [Fact]
    public void Run_Environment_HasTrialSeedRowsAndRounds()
    {
        var calls = new List<ProgramCall>();
        _bench.Instead = call =>
        {
            lock (calls)
            {
                calls.Add(call);
            }

            return null;
        };
        _bench.Run(_bench.Read(FakePrograms.Unpruned.Replace("{seed}", "{seed} {rounds}", StringComparison.Ordinal) + "rounds: 25\n"));

        var trials = _bench.Store.Trials(1);
        Assert.Equal(trials.Select(t => t.Number).Order(), calls.Select(c => int.Parse(c.Environment["TUNELAB_TRIAL"], CultureInfo.InvariantCulture)).Order());
        Assert.All(calls, c => Assert.Equal((c.Command[8], "25", c.Command[6], _bench.Folder), (c.Environment["TUNELAB_SEED"], c.Environment["TUNELAB_ROUNDS"], c.Environment["TUNELAB_ROWS"], c.Folder)));
        Assert.All(calls, c => Assert.Equal("25", c.Command[9]));
        Assert.Equal(5, calls.Select(c => c.Command[8]).Distinct().Count()); // the search's and four of confirm
    }
}
