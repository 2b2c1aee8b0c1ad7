using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Hosting.Tests.Host;
using TuneLab.Learners;
using TuneLab.Randomness;
using TuneLab.Storage;
using TuneLab.Training;

namespace TuneLab.Hosting.Tests;

/// <summary>Whole experiments whose trials run in hosts.</summary>
public sealed class HostedSearchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab").FullName;

    [Fact]
    public void Run_SomeTrialsCrash_TheOthersAreFinished()
    {
        using var pool = Pools.Of(memory: 400L << 20);
        var trials = Run(Rogue(new BudgetPlan(), "None", "FailFast", "Throw", "Hog", "Chat"), Hosted(pool), 2);
        var reasons = Reasons(trials);
        Assert.Equal("completed", reasons["None"]);
        Assert.Equal("completed", reasons["Chat"]);
        Assert.Equal("InvalidOperationException: the matrix is singular", reasons["Throw"]);
        Assert.StartsWith("over the limit of 400 MB (budget.trial_memory)", reasons["Hog"], StringComparison.Ordinal);
        Assert.Contains("the trees fell over", reasons["FailFast"], StringComparison.Ordinal);
        Assert.Contains(trials, t => t.Stage == "confirm" && t.Status == TrialStatus.Completed);
    }

    [Fact]
    public void Run_AHostTakesMemory_TheBudgetOfTheRunEndsTheStage()
    {
        using var pool = Pools.Of(1, memory: 2L << 30);
        using var store = new MemoryTrialStore(TimeProvider.System);
        var plan = Rogue(new BudgetPlan { MemoryBytes = Environment.WorkingSet + (600L << 20) }, "Hog");
        var result = new ExperimentRunner(store, TimeProvider.System, []).Run(LoadedExperiment.From(plan, Data(), Hosted(pool)), new RunOptions { Jobs = 1, Threads = 1 });
        var ended = Assert.Single(result.Stages, s => s.Stage == "coarse");
        Assert.Equal("memory", ended.Exit);
        Assert.StartsWith("the run uses ", ended.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(store.Trials(store.Experiments().Single().Id), t => t.Configuration.Choice("misdeed", "") == "Hog");
    }

    [Fact]
    public void Run_ATrialHangs_TheOthersAreFinished()
    {
        using var pool = Warm();
        var trials = Run(Rogue(new BudgetPlan { TrialTime = TimeSpan.FromSeconds(3) }, "Sleep", "SleepAtStart"), Hosted(pool), 2);
        Assert.Equal("over the limit of 3 s (budget.trial_time)", Reasons(trials)["Sleep"]);
        Assert.Equal("over the limit of 3 s (budget.trial_time)", Reasons(trials)["SleepAtStart"]);
        Assert.Equal("completed", Reasons(trials)["None"]);
    }

    [Fact]
    public void Run_HostsStartSlowly_ThatDoesNotCountIntoTheTimeOfTrials()
    {
        using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This("slow", "6000") });
        var trials = Run(Rogue(new BudgetPlan { TrialTime = TimeSpan.FromSeconds(4) }, "None"), Hosted(pool), 1);
        Assert.All(trials, t => Assert.Equal("", t.Reason));
        Assert.InRange(trials.Min(t => t.FinishedSeconds), 6, 600);
        Assert.InRange(trials.Sum(t => t.FitSeconds), 0, 4); // nor into what a trainer is said to cost
    }

    [Fact]
    public void Run_ATrialHangsAndThePlanHasNoLimit_SaysSoAndCanBeStopped()
    {
        using var pool = Warm();
        using var stop = new CancellationTokenSource();
        var monitor = new StoppingMonitor(stop);
        var trials = Run(Rogue(new BudgetPlan(), "None", "Sleep"), Hosted(pool), 2, new FastClock(100), monitor, stop.Token);
        Assert.Matches(@"^trial \d+, rogue: a fold has been training for 10 min; the longest of rogue before it took [0-9.]+ s\. Ctrl-C ", monitor.Notes[0]);
        Assert.Equal("completed", Assert.Single(Reasons(trials)).Value); // of the default; the one that hangs is none
        Assert.True(File.Exists(Path.Combine(_folder, "out", "model.zip")));
    }

    [Fact]
    public void Run_TrialsNeverEnd_TheTimeBudgetEndsThem()
    {
        using var pool = Warm();
        var trials = Run(Rogue(new BudgetPlan { Time = TimeSpan.FromSeconds(6) }, "Sleep", "Spin"), Hosted(pool), 2);
        Assert.Equal("completed", Reasons(trials)["None"]);
        Assert.DoesNotContain(trials, t => t.Configuration.Choice("misdeed", "") != "None");
        Assert.True(File.Exists(Path.Combine(_folder, "out", "model.zip")));
    }

    [Fact]
    public void Run_TheFinalFitHangs_FailsWithWhatToDo()
    {
        using var pool = Warm();
        var plan = Rogue(new BudgetPlan { TrialTime = TimeSpan.FromSeconds(3) }, "None") with
        {
            Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["rogue"] = new Dictionary<string, ParameterEdit> { ["misdeed"] = new() { Fixed = "SleepAtComplete" } } },
        };
        var error = Assert.Throws<NoAnswerException>(() => Run(plan, Hosted(pool), 2));
        Assert.Contains("final fit", error.Message, StringComparison.Ordinal);
        Assert.Contains("budget.time", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TheFinalFitHangs_TheTimeBudgetEndsIt()
    {
        using var pool = Warm();
        var plan = Rogue(new BudgetPlan { Time = TimeSpan.FromSeconds(4) }, "None") with
        {
            Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["rogue"] = new Dictionary<string, ParameterEdit> { ["misdeed"] = new() { Fixed = "SleepAtComplete" } } },
        };
        Assert.Contains("final fit", Assert.Throws<NoAnswerException>(() => Run(plan, Hosted(pool), 2)).Message, StringComparison.Ordinal); // without a limit it would never come back
    }

    [Fact]
    public void Check_TrainerHangs_SaysSoAtTheLimit()
    {
        using var pool = Warm();
        var plan = Rogue(new BudgetPlan { TrialTime = TimeSpan.FromSeconds(2) }, "None") with
        {
            Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["rogue"] = new Dictionary<string, ParameterEdit> { ["misdeed"] = new() { Fixed = "Sleep" } } },
        };
        var report = SmokeCheck.Run(LoadedExperiment.From(plan, Data(), Hosted(pool)), RogueTrainer.Catalog, 1, TimeProvider.System, CancellationToken.None);
        Assert.StartsWith("over the limit of 2 s (budget.trial_time) on ", Assert.Single(report.Trainers).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EmbeddedTrainersInHosts_GivesTheTrialsAndTheModelOfOneInProcess()
    {
        var plan = Plan("boosting", new BudgetPlan(), new StagePlan { Name = "coarse", Sampler = "random", Trials = 6, Rows = 0.5 }, new StagePlan { Name = "polish", Sampler = "cma-es", Trials = 8 }) with
        {
            Trainers = ["boosting", "forest", "linear"],
            Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>>
            {
                ["boosting"] = new Dictionary<string, ParameterEdit> { ["rounds"] = new() { Fixed = 40 } },
                ["forest"] = new Dictionary<string, ParameterEdit> { ["trees"] = new() { Fixed = 10 } },
            },
        };
        var expected = Text(Run(plan, EmbeddedTrainers.Catalog(), 2));
        var model = File.ReadAllBytes(Path.Combine(_folder, "out", "model.zip"));
        foreach (var jobs in (int[])[1, 3])
        {
            using var pool = Pools.Of(jobs);
            Assert.Equal(expected, Text(Run(plan, Hosted(pool), jobs)));
            Assert.Equal(model, File.ReadAllBytes(Path.Combine(_folder, "out", "model.zip")));
            Assert.InRange(pool.Started, 1, jobs);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static HostPool Warm()
    {
        var pool = Pools.Of();
        pool.Warm(2, []);
        Assert.True(SpinWait.SpinUntil(() => pool.Started == 2, TimeSpan.FromSeconds(60)));
        return pool;
    }

    private static Dictionary<string, string> Reasons(IReadOnlyList<FinishedTrial> trials)
        => trials.Where(t => t.Stage != "confirm").ToDictionary(t => t.Configuration.Choice("misdeed", ""), t => t.Status == TrialStatus.Completed ? "completed" : t.Reason);

    private static TrainerCatalog Hosted(HostPool pool) => RogueTrainer.Catalog.Replace(t => new HostedTrainer(t, pool));

    private static IEnumerable<string> Text(IReadOnlyList<FinishedTrial> trials)
        => trials.Select(t => string.Join(';', t.Number, t.Stage, t.Configuration.Canonical, t.Status, t.Rows, t.Rounds, string.Join(',', t.Scores.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))));

    private ExperimentPlan Rogue(BudgetPlan budget, params string[] misdeeds)
        => Plan("rogue", budget, new StagePlan { Name = "coarse", Sampler = "grid", Trials = misdeeds.Length }) with
        {
            Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["rogue"] = new Dictionary<string, ParameterEdit> { ["misdeed"] = new() { Choices = misdeeds } } },
        };

    private ExperimentPlan Plan(string trainer, BudgetPlan budget, params StagePlan[] stages) => new()
    {
        Name = "hosted",
        Data = new DataPlan { File = "made.csv", Roles = new DataRoles { Label = "y" } },
        Validate = new ValidationPlan { Folds = 3 },
        Trainers = [trainer],
        Budget = budget,
        Output = new OutputPlan { Folder = Path.Combine(_folder, "out") },
        Stages = [.. stages, new StagePlan { Name = "confirm", Top = 2, Repeats = 2 }],
    };

    private static IReadOnlyList<FinishedTrial> Run(ExperimentPlan plan, TrainerCatalog catalog, int jobs, TimeProvider? time = null, IExperimentMonitor? monitor = null, CancellationToken stop = default)
    {
        using var store = new MemoryTrialStore(TimeProvider.System);
        var options = new RunOptions { Jobs = jobs, Threads = 4, Grace = time is null ? new RunOptions().Grace : TimeSpan.FromHours(10) };
        new ExperimentRunner(store, time ?? TimeProvider.System, ExperimentRunner.StandardWriters).Run(LoadedExperiment.From(plan, Data(), catalog), options, monitor, stop);
        return store.Trials(store.Experiments().Single().Id);
    }

    private static Dataset Data(int rows = 300)
    {
        var random = new Seed(5).Random();
        var (a, b, label) = (new double[rows], new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            (a[i], b[i]) = (random.NextNormal(), random.NextNormal());
            label[i] = Math.Pow(a[i], 3) + b[i] + random.NextNormal();
        }

        return new Dataset("made.csv", [new NumberColumn("a", a), new NumberColumn("b", b), new NumberColumn("y", label)]);
    }
}
