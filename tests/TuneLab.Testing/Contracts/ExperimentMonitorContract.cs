using System.Reflection;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Randomness;
using TuneLab.Storage;
using TuneLab.Testing.Training;
using TuneLab.Training;

namespace TuneLab.Testing.Contracts;

/// <summary>What every <see cref="IExperimentMonitor"/> keeps: it takes each event of a real run, failed trials included, throws nothing and changes nothing. Derive it for each.</summary>
public abstract class ExperimentMonitorContract
{
    /// <summary>A new monitor.</summary>
    protected abstract IExperimentMonitor Make();

    [Fact]
    public void Run_WithTheMonitor_FindsWhatItFindsWithoutOne()
    {
        var (alone, _) = Run(null);
        var watched = DispatchProxy.Create<IExperimentMonitor, Watch>();
        ((Watch)(object)watched).Inner = Make();
        var (seen, events) = Run(watched);

        Assert.Equal(alone, seen);
        Assert.Null(((Watch)(object)watched).Fault);
        Assert.Contains("TrialFinished", events);
        Assert.Equal("Finished", events[^1]);
    }

    private static (IReadOnlyList<string> Trials, IReadOnlyList<string> Events) Run(IExperimentMonitor? monitor)
    {
        var random = new Seed(3).Random();
        double[] x = [.. Enumerable.Range(0, 120).Select(_ => random.NextNormal())];
        var data = new Dataset("made.csv", [new NumberColumn("x", x), new NumberColumn("y", [.. x.Select(v => v + random.NextNormal() > 0 ? 1.0 : 0)])]);
        var folder = Directory.CreateTempSubdirectory("tunelab").FullName;
        try
        {
            var plan = new ExperimentPlan
            {
                Name = "watched",
                Data = new DataPlan { File = "made.csv", Roles = new DataRoles { Label = "y" } },
                Validate = new ValidationPlan { Folds = 2 },
                Budget = new BudgetPlan { Trials = 12 },
                Output = new OutputPlan { Folder = folder },
            };
            var trainer = new GradientTrainer { Fails = c => c.Choice("kind", "") == "squashed" };
            using var store = new MemoryTrialStore(TimeProvider.System);
            new ExperimentRunner(store, TimeProvider.System, []).Run(LoadedExperiment.From(plan, data, new TrainerCatalog([trainer])), new RunOptions { Jobs = 2, Threads = 2 }, monitor);
            return ([.. store.Trials(1).Select(t => t.Number + t.Configuration.Canonical + t.Status + t.Score)], monitor is Watch watch ? watch.Calls : []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Hands each call on and notes it, and what it threw.</summary>
    public class Watch : DispatchProxy
    {
        public IExperimentMonitor? Inner { get; set; }

        public List<string> Calls { get; } = [];

        public Exception? Fault { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Calls.Add(targetMethod!.Name);
            try
            {
                return targetMethod.Invoke(Inner, args);
            }
            catch (TargetInvocationException e)
            {
                Fault ??= e.InnerException;
                throw;
            }
        }
    }
}
