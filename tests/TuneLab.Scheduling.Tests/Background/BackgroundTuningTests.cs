using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Randomness;
using TuneLab.Scheduling.Background;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage;
using TuneLab.Storage.Work;
using TuneLab.Testing;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Scheduling.Tests.Background;

/// <summary>What is gone on with, from a real finished experiment.</summary>
public sealed class BackgroundTuningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab-background-").FullName;
    private readonly ManualTime _time = new();
    private readonly MemoryTrialStore _trials;
    private readonly MemoryWorkStore _queue;
    private readonly TrainerCatalog _trainers = new([new GradientTrainer()]);

    public BackgroundTuningTests()
    {
        (_trials, _queue) = (new MemoryTrialStore(_time), new MemoryWorkStore(_time));
        var random = new Seed(5).Random();
        File.WriteAllLines(Path.Combine(_folder, "data.csv"), Enumerable.Range(0, 240).Select(_ => (A: random.NextNormal(), B: random.NextNormal(), Draw: random.NextDouble()))
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.A},{r.B},{(r.Draw < 1 / (1 + Math.Exp(-(2 * r.A) - r.B)) ? "yes" : "no")}")).Prepend("a,b,y"));
    }

    public void Dispose()
    {
        _trials.Dispose();
        _queue.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Find_AnAnswerWithANoteAndAnotherOfItsNameWithoutAnswer_GoesOnWithTheAnswer()
    {
        var root = Run("churn", seed: 1);
        _trials.AddNote(new JournalNote(root.Id, "looked at the residuals", _time.GetUtcNow().AddHours(1)));
        _trials.OpenExperiment("another identity", "churn", root.Fingerprint, root.Plan);
        var entry = Find().Entry!;
        var plan = PlanReader.Read(entry.Plan, entry.File);
        Assert.Equal(("churn, generation 2", $"churn#{root.Id}", root.Id), (plan.Name, plan.Expect.Beats, entry.Parent));
        Assert.EndsWith("generation-2", plan.Output.Folder, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AnExperimentThatIsCalledLikeATrainer_IsComparedWithItsWinner()
    {
        var root = Run("gradient", seed: 1);
        Assert.Equal($"gradient#{root.Id}", PlanReader.Read(Find().Entry!.Plan, "plan.yaml").Expect.Beats);
    }

    [Fact]
    public void Find_TheLastGenerationFailed_LeavesItAloneWithTheReasonUntilItIsRetried()
    {
        Run("churn", seed: 1);
        var entry = _queue.AddEntries([Find().Entry!])[0];
        entry = _queue.TryUpdate(entry with { State = QueueState.Failed, Reason = "no trial at full fidelity" })!;
        Assert.Equal((null, "the last generation of churn failed: no trial at full fidelity"), (Find().Entry, Find().Reason));
        _queue.TryUpdate(entry with { State = QueueState.Done, Reason = "" });
        Assert.Equal("churn, generation 3", Find().Entry!.Name);
    }

    [Fact]
    public void Find_TheEntryOfAGenerationWasRemoved_ItIsStillNoExperimentOfItsOwn()
    {
        var root = Run("churn", seed: 1);
        Run("churn, generation 2", seed: 2);
        var found = Find().Entry!;
        Assert.Equal(("churn, generation 3", root.Id), (found.Name, found.Parent));
    }

    [Fact]
    public void Find_TheDataHaveChanged_FindsNothingUntilTheyAreBack()
    {
        Run("churn", seed: 1);
        var file = Path.Combine(_folder, "data.csv");
        var text = File.ReadAllText(file);
        var tuning = Tuning();
        File.AppendAllText(file, "1,1,yes\n");
        Assert.Null(tuning.Find().Entry);
        Assert.Null(tuning.Find().Entry);
        File.WriteAllText(file, text);
        Assert.NotNull(tuning.Find().Entry);
        File.Delete(file);
        Assert.Null(tuning.Find().Entry);
    }

    [Fact]
    public void WithoutGain_CountsThoseThatHaveAnAnswer()
    {
        var root = Run("churn", seed: 1);
        Generation Of(int number, bool better, string? failure = null) => new(number, "g", 0, better, 0.1, 100 + number, failure);
        Assert.Equal(2, new Lineage(root, 1, [Of(2, true), Of(3, false), Of(4, false, "full disk"), Of(5, false)], false).WithoutGain);
        Assert.Equal(102, new Lineage(root, 1, [Of(2, true), Of(3, false)], false).Best);
        Assert.Equal(root.Id, new Lineage(root, 1, [Of(2, false)], false).Best);
        // half of what was expected for each that brings nothing
        Assert.Equal(0.25, new Lineage(root, 1, [Of(2, false), Of(3, false)], false).ExpectedRate);
    }

    private FurtherWork Find() => Tuning().Find();

    private BackgroundTuning Tuning() => new(_trials, _queue, _trainers, new BackgroundSettings());

    private ExperimentRecord Run(string name, int seed)
    {
        var plan = new ExperimentPlan
        {
            Name = name,
            Seed = seed,
            Data = new DataPlan { File = Path.Combine(_folder, "data.csv"), Roles = new DataRoles { Label = "y" } },
            Validate = new ValidationPlan { Folds = 3 },
            Budget = new BudgetPlan { Trials = 8 },
            Output = new OutputPlan { Folder = Path.Combine(_folder, "out") },
            Stages = [new StagePlan { Name = "coarse", Trials = 7 }, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
        };
        new ExperimentRunner(_trials, _time, ExperimentRunner.StandardWriters).Run(LoadedExperiment.Load(plan, _trainers), new RunOptions { Jobs = 1, Threads = 1, LearningCurve = false, Prior = false });
        return _trials.Experiments().Last(e => e.Name == name);
    }
}
