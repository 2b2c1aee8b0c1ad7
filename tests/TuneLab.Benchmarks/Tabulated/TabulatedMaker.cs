using System.Globalization;
using TuneLab.Benchmarks.Learners;
using TuneLab.Data;
using TuneLab.Experiments;
using TuneLab.Learners;
using TuneLab.Space;
using TuneLab.Storage;
using TuneLab.Testing.Tabulated;
using TuneLab.Training;

namespace TuneLab.Benchmarks.Tabulated;

/// <summary>Makes tabulated runs: random configurations of a trainer's default space, each trained as a search would, on four fifths of a table and scored on the rest.</summary>
internal static class TabulatedMaker
{
    private const int Configurations = 500;
    private const int Seed = 1;
    private const string SplitColumn = "_split";

    // of the shared tables those whose mean fit is shortest
    private static readonly string[] Usual = ["iris", "diabetes", "titanic", "wine_quality", "telco_churn", "higgs_7k"];

    /// <summary>Makes those named, else the usual ones, and writes them where they are kept.</summary>
    public static void Run(string[] tables, TextWriter output)
    {
        output.WriteLine("| table | configurations | mean fit, seconds | processor seconds a trial | checkpoints, mean | file, KB |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var table in BenchTables.Read(tables.Length > 0 ? tables : Usual))
        {
            var before = Environment.CpuUsage.TotalTime;
            var (runs, fit) = Make(table, EmbeddedTrainers.Catalog(), "boosting", Random(Configurations));
            var file = TabulatedRuns.FileOf(table.Name);
            using (var stream = File.Create(file))
            {
                TabulatedFile.Write(runs, stream);
            }

            var processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds / runs.Runs.Count;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {runs.Table} | {runs.Runs.Count} | {fit:0.000} | {processor:0.000} | {runs.Runs.Average(r => r.Losses.Length):0.0} | {new FileInfo(file).Length / 1e3:0} |"));
        }
    }

    /// <summary>So many random configurations, the same for every table.</summary>
    public static StagePlan Random(int configurations) => new() { Name = "coarse", Sampler = "random", Trials = configurations };

    /// <summary>So many of the trainer's starting points.</summary>
    public static StagePlan Starts(int configurations) => Random(configurations) with { Starts = configurations };

    /// <summary>Makes one table's runs.</summary>
    /// <param name="table">The table.</param>
    /// <param name="catalog">Where the trainer is.</param>
    /// <param name="id">The trainer's id.</param>
    /// <param name="stage">Whose configurations are tried.</param>
    /// <returns>The runs, and the mean time of a fit in seconds.</returns>
    public static (TabulatedRuns Runs, double MeanFit) Make(BenchTable table, TrainerCatalog catalog, string id, StagePlan stage)
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-bench").FullName;
        try
        {
            var part = TablePart.Of(table, 1).First();
            var codes = new int[table.Rows];
            Array.ForEach(part.Valid, r => codes[r] = 1);
            var data = table.Source.Data;
            var plan = new ExperimentPlan
            {
                Name = table.Name,
                Data = new DataPlan { File = data.Source, Roles = table.Source.Roles },
                Task = table.Task,
                Validate = new ValidationPlan { Kind = "given", Column = SplitColumn, Holdout = 0 },
                Trainers = [id],
                Seed = Seed,
                Stages = [stage, new StagePlan { Name = "confirm", Top = 1, Repeats = 1 }],
                Budget = new BudgetPlan { Trials = stage.Trials + 1 },
                Output = new OutputPlan { Folder = folder, Refit = false },
            };
            var experiment = LoadedExperiment.From(plan, new Dataset(data.Source, [.. data.Columns, new CategoryColumn(SplitColumn, codes, ["train", "valid"])]), catalog);
            using var store = new MemoryTrialStore(TimeProvider.System);
            new ExperimentRunner(store, TimeProvider.System, []).Run(experiment, new RunOptions { Jobs = 1 }); // so that a fit takes as long as it takes alone, with all threads
            var tried = store.Trials(store.Experiments()[0].Id).Where(t => t.Stage == stage.Name).Select(t => (t.Configuration, Evaluation: t.Evaluations is [var key, ..] ? store.FindEvaluation(key) : null)).ToList();
            var trainer = experiment.Resolved.Trainers[0];
            var ended = tried.Select(t => t.Evaluation).OfType<Evaluation>().ToList();
            var rounds = ended.Select(e => e.Rounds).MaxBy(r => (r.Length, r[^1]))!;
            if (tried.Find(t => t.Evaluation is { } e && !BeginsWith(rounds, e.Rounds)) is { Evaluation: not null } other)
            {
                throw new InvalidOperationException($"{other.Configuration} was scored at other rounds than the rest: {string.Join(' ', other.Evaluation.Rounds)}.");
            }

            return (
                new TabulatedRuns(
                    table.Name,
                    experiment.Table.Fingerprint,
                    trainer.Trainer.Info.Id + "/" + trainer.Trainer.Info.Version.ToString(CultureInfo.InvariantCulture),
                    Seed,
                    trainer.Space,
                    rounds,
                    [.. tried.Select(t => new TabulatedRun(Searched(trainer.Space, t.Configuration), trainer.Space.ToUnit(t.Configuration), t.Evaluation is { } e ? Array.ConvertAll(e.Losses, l => (float)l) : [float.PositiveInfinity]))]),
                ended.Average(e => e.FitSeconds));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // where the number of rounds is searched, a configuration's last ones lie between two checkpoints of those that go on
    private static bool BeginsWith(int[] rounds, int[] own) => own.AsSpan(..^1).SequenceEqual(rounds.AsSpan(0, own.Length - 1)) && own[^1] <= rounds[own.Length - 1];

    // without what every trial has alike
    private static Configuration Searched(SearchSpace space, Configuration configuration)
        => new(configuration.Trainer, space.Parameters.Select(p => KeyValuePair.Create(p.Name, configuration.Values[p.Name])));
}
