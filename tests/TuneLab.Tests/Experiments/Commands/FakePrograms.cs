using System.Globalization;
using TuneLab.Experiments;
using TuneLab.Experiments.Files;
using TuneLab.Storage;

namespace TuneLab.Tests.Experiments.Commands;

/// <summary>A program in this process, run by experiments on a store in memory.</summary>
internal sealed class FakePrograms : IProgramRunner, IDisposable
{
    /// <summary>The best is x = 0.3; noise by seed; a curve of ten rounds.</summary>
    public const string Plan = """
        name: fake
        trainer: command
        run: prog --x {x} --kind {kind} --rows {rows} --seed {seed}
        space: { x: { low: 0, high: 1, default: 0.9 }, kind: [a, b] }
        budget: { trials: 40 }
        stages: [{ name: search, sampler: random, trials: 30, rows: 0.5 }, { name: refine, trials: 9 }, { name: confirm, top: 2, repeats: 4 }]

        """;

    /// <summary>The same without a pruner.</summary>
    public static string Unpruned { get; } = Plan.Replace(", rows: 0.5 }", ", rows: 0.5, prune: none }", StringComparison.Ordinal).Replace("trials: 9 }", "trials: 9, prune: none }", StringComparison.Ordinal);

    private int _runs;

    public ITrialStore Store { get; } = new MemoryTrialStore(TimeProvider.System);

    public string Folder { get; } = Directory.CreateTempSubdirectory("tunelab").FullName;

    public int Runs => _runs;

    /// <summary>What it answers to its words; null: as described.</summary>
    public Func<ProgramCall, ProgramEnd?> Instead { get; set; } = _ => null;

    public ProgramEnd Run(ProgramCall call, Func<string, bool> line, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _runs);
        Thread.SpinWait(call.Command[2].GetHashCode(StringComparison.Ordinal) & 0xffff);
        if (Instead(call) is { } end)
        {
            return end;
        }

        var x = double.Parse(call.Command[2], CultureInfo.InvariantCulture);
        var noise = int.Parse(call.Environment["TUNELAB_SEED"], CultureInfo.InvariantCulture) % 1000 / 1e5;
        for (var round = 1; round <= 10; round++)
        {
            var score = (1 - (x - 0.3) * (x - 0.3) - (call.Command[4] == "a" ? 0 : 0.1) + noise) * round / 10;
            if (!line(string.Create(CultureInfo.InvariantCulture, $"{{\"round\": {round}, \"score\": {score:R}, \"other\": {-score:R}}}")))
            {
                return new ProgramEnd(null, false, "", 0);
            }
        }

        return new ProgramEnd(0, false, "", 1 << 20);
    }

    public ExperimentPlan Read(string text = Plan, params (string Key, string Value)[] overrides)
        => PlanReader.Read(text, Path.Combine(Folder, "fake.yaml"), [.. overrides.Select(o => new KeyValuePair<string, string>(o.Key, o.Value))]);

    public ExperimentResult Run(ExperimentPlan plan, int jobs = 2, CancellationToken stop = default)
        => new ExperimentRunner(Store, TimeProvider.System, ExperimentRunner.StandardWriters, programs: this)
            .Run(LoadedExperiment.Load(plan, new([]), stop), new RunOptions { Jobs = jobs, Prior = false }, stop: stop);

    /// <summary>What must be the same at any number of jobs.</summary>
    public IReadOnlyList<string> Trials() => [.. Store.Experiments().SelectMany(e => Store.Trials(e.Id)).Select(t =>
        string.Join(';', t.Number, t.Stage, t.Pass, t.Configuration.Canonical, t.Status, t.Rows, t.Rounds, string.Join(',', t.Scores.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))))];

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
