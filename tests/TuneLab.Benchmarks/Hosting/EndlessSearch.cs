using System.Diagnostics;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Hosting;
using TuneLab.Hosting.Tests.Host;
using TuneLab.Storage;

namespace TuneLab.Benchmarks.Hosting;

/// <summary>A search under a time budget where nothing but the default ever ends.</summary>
internal static class EndlessSearch
{
    public static double Seconds()
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        var clock = Stopwatch.StartNew();
        try
        {
            using var pool = new HostPool(new HostPoolOptions { Command = HostCommands.This(), Hosts = 2 });
            var plan = new ExperimentPlan
            {
                Name = "endless",
                Data = new DataPlan { File = "made.csv", Roles = new DataRoles { Label = "y" } },
                Trainers = ["rogue"],
                Space = new Dictionary<string, IReadOnlyDictionary<string, ParameterEdit>> { ["rogue"] = new Dictionary<string, ParameterEdit> { ["misdeed"] = new() { Choices = [nameof(Misdeed.Sleep), nameof(Misdeed.Spin)] } } },
                Budget = new BudgetPlan { Time = TimeSpan.FromSeconds(10) },
                Stages = [new StagePlan { Name = "coarse", Sampler = "grid" }, new StagePlan { Name = "confirm" }],
                Output = new OutputPlan { Folder = folder },
            };
            double[] numbers = [.. Enumerable.Range(0, 300).Select(i => (double)i)];
            var data = new Dataset("made.csv", [new NumberColumn("x", numbers), new NumberColumn("y", Array.ConvertAll(numbers, Math.Sqrt))]);
            using var store = new MemoryTrialStore(TimeProvider.System);
            new ExperimentRunner(store, TimeProvider.System, []).Run(LoadedExperiment.From(plan, data, RogueTrainer.Catalog.Replace(t => new HostedTrainer(t, pool))), new RunOptions { Jobs = 2, Threads = 2 });
            return clock.Elapsed.TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
