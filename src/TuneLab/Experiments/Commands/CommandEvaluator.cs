using TuneLab.Errors;
using TuneLab.Experiments.Running;
using TuneLab.Metrics;
using TuneLab.Pruners;
using TuneLab.Randomness;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Commands;

/// <summary>Runs the program of an experiment: one evaluation is one run with one seed.</summary>
internal sealed class CommandEvaluator : IEvaluator
{
    private readonly CommandPlan _command;
    private readonly CommandLine _line;
    private readonly string _fingerprint;
    private readonly Objective _objective;
    private readonly long? _memoryLimit;
    private readonly IProgramRunner _programs;
    private readonly TimeProvider _time;
    private readonly Seed _seed;

    /// <exception cref="InputException">The run string can't be read.</exception>
    public CommandEvaluator(LoadedExperiment experiment, IProgramRunner programs, TimeProvider time)
    {
        var plan = experiment.Resolved.Plan;
        (_command, _fingerprint, _objective, _memoryLimit, _programs, _time) = (plan.Command!, experiment.Fingerprint, experiment.Resolved.Metric, plan.Budget.TrialMemoryBytes, programs, time);
        _line = LineOf(_command);
        _seed = new Seed((ulong)plan.Seed).Child("command");
    }

    /// <summary>The words that run a configuration.</summary>
    /// <param name="command">The program.</param>
    /// <param name="configuration">What fills its placeholders.</param>
    /// <param name="rows">The fraction of rows, in (0, 1].</param>
    /// <param name="seed">The run's seed.</param>
    public static IReadOnlyList<string> Words(CommandPlan command, Configuration configuration, double rows, int seed) => Words(LineOf(command), command, configuration, rows, seed);

    /// <summary>The seed of a repetition: at least 0, at most 2^31 - 1, what any language takes.</summary>
    public int SeedOf(FoldId fold) => SeedOf(_seed, fold.Repeat);

    /// <inheritdoc/>
    public IReadOnlyList<string> Keys(FoldWork work) => [Key(work, RoundsText)];

    /// <inheritdoc/>
    public Evaluation? Read(Evaluation stored, FoldWork work)
    {
        // the direction and the name of what is asked for now may be others than when it was stored
        var kept = Enumerable.Range(0, stored.Rounds.Length).Where(i => double.IsFinite(stored.Score(_objective.Id, i))).ToArray();
        return kept.Length == 0 || kept[^1] != stored.Rounds.Length - 1 ? null : stored with
        {
            Rounds = Array.ConvertAll(kept, i => stored.Rounds[i]),
            Losses = Array.ConvertAll(kept, i => _objective.HigherIsBetter ? -stored.Score(_objective.Id, i) : stored.Score(_objective.Id, i)),
            Scores = [.. kept.SelectMany(i => stored.Scores[(i * stored.Metrics.Length)..((i + 1) * stored.Metrics.Length)])],
        };
    }

    /// <inheritdoc/>
    public FoldOutcome Evaluate(FoldWork work, int trial, Func<IReadOnlyList<int>, IReadOnlyList<double>, PruneDecision>? judge, Action begins, CancellationToken cancellation)
    {
        var curve = new ScoreCurve(_objective);
        PruneDecision? pruned = null;
        begins();
        var begin = _time.GetTimestamp();
        var end = _programs.Run(Call(work, trial), Heard, cancellation);
        var seconds = _time.GetElapsedTime(begin).TotalSeconds;
        if (pruned is { } decision)
        {
            // the line that came behind the judged one is not counted
            var reached = curve.Rounds[^2];
            var record = Record(work, curve, curve.Rounds.Count - 1, decision.Reason, Key(work, RoundsText + "reached=" + reached.ToString(CultureInfo.InvariantCulture)), seconds, end);
            return new FoldOutcome(record, true, seconds, 0);
        }

        return FaultOf(end, curve) is { } fault ? throw new TuneLabException(end.LastError.Length > 0 && !end.OverMemory ? fault + ": " + end.LastError : fault)
            : new FoldOutcome(Record(work, curve, curve.Rounds.Count, "the program ended", Key(work, RoundsText), seconds, end), false, seconds, 0);

        // judged when the next checkpoint comes, since the last one is never judged: so it is with a stored curve
        bool Heard(string line)
        {
            if (curve.Add(line) && judge is not null && curve.Rounds.Count > 1
                && judge([.. curve.Rounds.SkipLast(1)], [.. curve.Losses.SkipLast(1)]) is { Stop: true } stop)
            {
                pruned = stop;
                return false;
            }

            return true;
        }
    }

    private static CommandLine LineOf(CommandPlan command)
        => CommandLine.TryParse(command.Run, out var line, out var fault) ? line : throw new InputException($"'run' can't be read: {fault}.");

    private static IReadOnlyList<string> Words(CommandLine line, CommandPlan command, Configuration configuration, double rows, int seed)
    {
        var values = configuration.Values.ToDictionary(v => v.Key, v => Text(v.Value), StringComparer.Ordinal);
        values[CommandRules.Rows] = Text(rows);
        values[CommandRules.Seed] = seed.ToString(CultureInfo.InvariantCulture);
        values[CommandRules.Rounds] = (command.Rounds ?? 0).ToString(CultureInfo.InvariantCulture);
        return line.Fill(values);
    }

    // whole numbers without an exponent: what reads an int reads no 1E+16
    private static string Text(ParameterValue value)
        => value.Name ?? (value.Number == Math.Floor(value.Number) && Math.Abs(value.Number) <= 1L << 53 ? ((long)value.Number).ToString(CultureInfo.InvariantCulture) : value.ToString());

    private static int SeedOf(Seed seed, int repeat) => (int)(seed.Child(repeat).Value >> 33);

    private string RoundsText => _command.Rounds is { } rounds ? string.Create(CultureInfo.InvariantCulture, $"rounds={rounds};") : "";

    private string Key(FoldWork work, string rounds) => new EvaluationKey
    {
        Fingerprint = _fingerprint,
        Split = "",
        Rows = work.Rows,
        Rounds = rounds,
        Trainer = work.Trainer.Info.Id + "/" + work.Trainer.Info.Version.ToString(CultureInfo.InvariantCulture),
        Versions = "",
        Configuration = work.Configuration.Canonical,
        Seed = (ulong)SeedOf(work.Fold),
    }.Hash();

    private ProgramCall Call(FoldWork work, int trial)
    {
        var seed = SeedOf(work.Fold);
        var environment = new Dictionary<string, string>
        {
            ["TUNELAB_TRIAL"] = trial.ToString(CultureInfo.InvariantCulture),
            ["TUNELAB_SEED"] = seed.ToString(CultureInfo.InvariantCulture),
            ["TUNELAB_ROWS"] = Text(work.Rows),
        };
        if (_command.Rounds is { } rounds)
        {
            environment["TUNELAB_ROUNDS"] = rounds.ToString(CultureInfo.InvariantCulture);
        }

        return new ProgramCall(Words(_line, _command, work.Configuration, work.Rows, seed), _command.Folder, environment, _memoryLimit);
    }

    private string? FaultOf(ProgramEnd end, ScoreCurve curve)
        => end.OverMemory ? string.Create(CultureInfo.InvariantCulture, $"over the limit of {_memoryLimit >> 20} MB (budget.trial_memory)")
            : end.ExitCode != 0 ? string.Create(CultureInfo.InvariantCulture, $"the program ended with code {end.ExitCode}")
            : curve.Fault is { } fault ? "the program has no score: " + fault
            : null;

    private static Evaluation Record(FoldWork work, ScoreCurve curve, int checkpoints, string stopped, string key, double seconds, ProgramEnd end)
    {
        var metrics = curve.Metrics;
        return new Evaluation
        {
            Key = key,
            Trainer = work.Trainer.Info.Id,
            Configuration = work.Configuration.Canonical,
            Rounds = [.. curve.Rounds.Take(checkpoints)],
            Losses = [.. curve.Losses.Take(checkpoints)],
            Metrics = metrics,
            Scores = curve.Scores(metrics)[..(checkpoints * metrics.Length)],
            FitSeconds = seconds,
            ScoreSeconds = 0,
            PeakMemoryBytes = end.PeakMemoryBytes,
            Stopped = stopped,
            TrainRows = 0,
            ValidRows = 0,
        };
    }
}
