using System.Globalization;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Randomness;
using TuneLab.Storage;
using TuneLab.Testing;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Tests.Experiments.Running;

/// <summary>An experiment on made data with a small real learner and a store in memory: what every test of the runner starts from.</summary>
internal sealed class Bench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tunelab").FullName;

    public GradientTrainer Trainer { get; init; } = new();

    /// <summary>It stands unless a trainer's rounds move it (<see cref="GradientTrainer.Taking"/>).</summary>
    public ManualTime Time { get; } = new();

    public ITrialStore Store { get; init; } = new MemoryTrialStore(TimeProvider.System);

    public RecordingMonitor Monitor { get; } = new();

    /// <summary>Whether experiments on the same store begin with what others found; most tests compare them.</summary>
    public bool Prior { get; init; }

    /// <summary>Changes how runs use the machine, or what they are asked besides.</summary>
    public Func<RunOptions, RunOptions> With { get; set; } = o => o;

    public string Folder => _folder;

    public static Dataset Data(int rows = 240)
    {
        var random = new Seed(5).Random();
        var (a, b, label) = (new double[rows], new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            (a[i], b[i]) = (random.NextNormal(), random.NextNormal());
            label[i] = random.NextDouble() < 1 / (1 + Math.Exp(-(Math.Pow(a[i], 3) + b[i]))) ? 1 : 0;
        }

        return new Dataset("made.csv", [new NumberColumn("a", a), new NumberColumn("b", b), new NumberColumn("y", label)]);
    }

    public ExperimentPlan Plan(int trials = 30) => new()
    {
        Name = "bench",
        Data = new DataPlan { File = "made.csv", Roles = new DataRoles { Label = "y" } },
        Validate = new ValidationPlan { Folds = 3 },
        Budget = new BudgetPlan { Trials = trials },
        Output = new OutputPlan { Folder = Path.Combine(_folder, "out") },
        Stages =
        [
            new StagePlan { Name = "coarse", Sampler = "random", Trials = trials / 2, Rows = 0.5 },
            new StagePlan { Name = "refine", Sampler = "sobol", Trials = trials / 6, Passes = 2 },
            new StagePlan { Name = "polish", Sampler = "cma-es", Trials = trials / 4 },
            new StagePlan { Name = "confirm", Top = 2, Repeats = 2 },
        ],
    };

    public LoadedExperiment Load(ExperimentPlan plan) => LoadedExperiment.From(plan, Data(), new TrainerCatalog([Trainer]));

    public ExperimentResult Run(ExperimentPlan plan, int jobs = 2, ITrialStore? store = null, CancellationToken stop = default)
        => new ExperimentRunner(store ?? Store, Time, ExperimentRunner.StandardWriters).Run(
            Load(plan), With(new RunOptions { Jobs = jobs, Threads = jobs, Prior = Prior, LearningCurve = false }), Monitor, stop);

    /// <summary>What must be the same at any number of jobs, after any interruption.</summary>
    public IReadOnlyList<string> Trials() => [.. Store.Experiments().SelectMany(e => Store.Trials(e.Id)).Select(t =>
        string.Join(';', t.Number, t.Stage, t.Pass, t.Configuration.Canonical, t.Status, t.Fidelity, t.Rounds, string.Join(',', t.Scores.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))))];

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

internal sealed class RecordingMonitor : IExperimentMonitor
{
    private int _calls;

    public List<FinishedTrial> Trials { get; } = [];

    public List<StageRecord> Stages { get; } = [];

    public List<string> Notes { get; } = [];

    public bool CalledTwiceAtOnce { get; private set; }

    public Action<FinishedTrial>? OnTrial { get; set; }

    public Action<StageStart>? OnStage { get; set; }

    public void Started(ExperimentStart start) => Call(() => { });

    public void StageStarted(StageStart stage) => Call(() => OnStage?.Invoke(stage));

    public void TrialFinished(FinishedTrial trial, RunProgress progress) => Call(() =>
    {
        Trials.Add(trial);
        OnTrial?.Invoke(trial);
    });

    public void StageEnded(StageRecord stage) => Call(() => Stages.Add(stage));

    public void Note(string message) => Call(() => Notes.Add(message));

    public void Finished(ExperimentResult result) => Call(() => { });

    private void Call(Action action)
    {
        CalledTwiceAtOnce |= Interlocked.Increment(ref _calls) > 1;
        action();
        Interlocked.Decrement(ref _calls);
    }
}
