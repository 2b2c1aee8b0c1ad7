using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TuneLab.Experiments.Running;
using TuneLab.Storage;

namespace TuneLab.Experiments.Exporting;

/// <summary>
/// Writes an experiment as a folder of MLflow's file store: <c>ID/meta.yaml</c> for the experiment, and for each run <c>ID/RUN/meta.yaml</c>, <c>params/NAME</c>, <c>metrics/NAME</c> (lines of milliseconds since 1970, value, step),
/// <c>tags/NAME</c> and <c>artifacts/</c>. One run is the answer: the winner's parameters, its scores, the best so far by trial, the model and what else is kept as artifacts. Each trial is a run nested in it: its parameters, the objective by fold,
/// and the loss by round. Ids follow from the experiment's identity, so that a second export replaces the first.
/// </summary>
public static class MlflowExport
{
    private const int Finished = 3, Failed = 4, Killed = 5; // MLflow's RunStatus
    private const int Local = 4; // its SourceType
    private static readonly string[] Artifacts = ["model.zip", "best.json", "analysis.json"];

    /// <summary>Writes it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">The experiment.</param>
    /// <param name="folder">The tracking folder, <c>mlruns</c> for instance; made when it is not there.</param>
    /// <returns>The folder of the experiment inside it.</returns>
    public static string Write(ITrialStore store, ExperimentRecord record, string folder)
    {
        var objective = StoredObjective.Of(record)?.Id ?? "score";
        var id = (BitConverter.ToUInt64(Convert.FromHexString(record.Identity), 0) % 1_000_000_000_000_000_000UL).ToString("D18", CultureInfo.InvariantCulture);
        var home = Path.Combine(folder, id);
        Directory.CreateDirectory(home);
        var trials = store.Trials(record.Id);
        var created = record.Created.ToUnixTimeMilliseconds();
        Write(Path.Combine(home, "meta.yaml"), [("artifact_location", Uri(home)), ("creation_time", created), ("experiment_id", id), ("last_update_time", record.Updated.ToUnixTimeMilliseconds()), ("lifecycle_stage", "active"), ("name", record.Name)]);

        var parent = RunId(record, "answer");
        var run = new Run(home, parent);
        var result = FinishedRun.Of(record)?.Result;
        run.Meta(id, record.Name, result is null ? Killed : Finished, created, record.Updated.ToUnixTimeMilliseconds());
        run.Tag("mlflow.runName", record.Name);
        run.Tag("mlflow.source.name", "tunelab");
        run.Tag("tunelab.fingerprint", record.Fingerprint);
        if (result is not null)
        {
            run.Tag("tunelab.verdict", result.Verdict.Sentence);
            run.Params(result.Best.Settled.Values.Select(v => (v.Key, v.Value.ToString())).Prepend(("trainer", result.Best.Trainer)));
            run.Metric("validation." + objective, [(created, result.Best.Validation.Mean, 0)]);
            run.Metric("confirm." + objective, result.Best.Confirm is { } confirm ? [(created, confirm.Mean, 0)] : []);
            foreach (var (name, value) in result.Best.Scores.Where(_ => result.Best.Holdout is not null))
            {
                run.Metric("holdout." + name, [(created, value, 0)]);
            }
        }

        run.Metric("best." + objective, BestSoFar(trials, record, created));
        foreach (var name in Artifacts)
        {
            run.Artifact(name, store.FindBlob(record.Id, name));
        }

        foreach (var trial in trials)
        {
            Write(store, record, trial, new Run(home, RunId(record, "trial " + trial.Number.ToString(CultureInfo.InvariantCulture))), id, parent, objective, created);
        }

        return home;
    }

    private static void Write(ITrialStore store, ExperimentRecord record, FinishedTrial trial, Run run, string id, string parent, string objective, long created)
    {
        var (begin, end) = (created + (long)(1000 * trial.StartedSeconds), created + (long)(1000 * trial.FinishedSeconds));
        var name = string.Create(CultureInfo.InvariantCulture, $"{record.Name}, trial {trial.Number}");
        run.Meta(id, name, trial.Status switch { TrialStatus.Completed => Finished, TrialStatus.Pruned => Killed, _ => Failed }, begin, end);
        run.Tag("mlflow.runName", name);
        run.Tag("mlflow.parentRunId", parent);
        run.Tag("mlflow.source.name", "tunelab");
        run.Tag("tunelab.stage", trial.Stage);
        run.Tag("tunelab.fidelity", trial.Fidelity.ToString());
        if (trial.Reason.Length > 0)
        {
            run.Tag("tunelab.reason", trial.Reason);
        }

        run.Params(trial.Configuration.Values.Select(v => (v.Key, v.Value.ToString())).Prepend(("trainer", trial.Configuration.Trainer)));
        run.Metric(objective, double.IsNaN(trial.Score) ? [] : [(end, trial.Score, 0)]);
        run.Metric(objective + ".fold", [.. trial.Scores.Select((score, fold) => (end, score, (long)fold + 1))]);
        var evaluations = store.FindEvaluations(trial.Evaluations);
        if (trial.Evaluations.Length > 0 && trial.Evaluations.All(evaluations.ContainsKey))
        {
            var folds = trial.Evaluations.Select(k => evaluations[k]).ToList();
            var reached = folds.Min(f => f.Rounds[^1]);
            run.Metric("loss", [.. folds[0].Rounds.Where(r => r <= reached).Select(r => (end, folds.Average(f => f.Losses[RoundChoice.Checkpoint(f, r)]), (long)r))]);
        }
    }

    private static List<(long When, double Value, long Step)> BestSoFar(IReadOnlyList<FinishedTrial> trials, ExperimentRecord record, long created)
    {
        var steps = new List<(long, double, long)>();
        if (StoredObjective.Of(record) is not { } objective)
        {
            return steps;
        }

        var best = double.NaN;
        foreach (var trial in RankedTrials.Of(trials, objective).OrderBy(t => t.Number))
        {
            best = double.IsNaN(best) || objective.Gain(trial.Score, best) > 0 ? trial.Score : best;
            steps.Add((created + (long)(1000 * trial.FinishedSeconds), best, trial.Number));
        }

        return steps;
    }

    private static string RunId(ExperimentRecord record, string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(record.Identity + "/" + what)))[..32];

    private static string Uri(string path) => new Uri(Path.GetFullPath(path)).AbsoluteUri;

    // texts in quotes are the same in YAML as in JSON
    private static void Write(string file, IEnumerable<(string Key, object Value)> entries)
        => File.WriteAllText(file, string.Concat(entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Key + ": " + (e.Value is string text ? JsonSerializer.Serialize(text) : Convert.ToString(e.Value, CultureInfo.InvariantCulture)) + "\n")));

    /// <summary>The folder of a run.</summary>
    private sealed class Run
    {
        private readonly string _folder;
        private readonly string _id;

        public Run(string home, string id)
        {
            (_folder, _id) = (Path.Combine(home, id), id);
            foreach (var part in (string[])["params", "metrics", "tags", "artifacts"])
            {
                Directory.CreateDirectory(Path.Combine(_folder, part));
            }
        }

        public void Meta(string experiment, string name, int status, long begin, long end) => Write(Path.Combine(_folder, "meta.yaml"),
        [
            ("artifact_uri", Uri(Path.Combine(_folder, "artifacts"))), ("end_time", end), ("entry_point_name", ""), ("experiment_id", experiment), ("lifecycle_stage", "active"), ("run_id", _id), ("run_name", name), ("run_uuid", _id),
            ("source_name", ""), ("source_type", Local), ("source_version", ""), ("start_time", begin), ("status", status), ("tags", new Verbatim("[]")), ("user_id", Environment.UserName),
        ]);

        public void Tag(string name, string value) => File.WriteAllText(Path.Combine(_folder, "tags", name), value);

        public void Params(IEnumerable<(string Name, string Value)> values)
        {
            foreach (var (name, value) in values)
            {
                File.WriteAllText(Path.Combine(_folder, "params", Safe(name)), value);
            }
        }

        public void Metric(string name, IReadOnlyList<(long When, double Value, long Step)> steps)
        {
            var known = steps.Where(s => double.IsFinite(s.Value)).ToList();
            if (known.Count > 0)
            {
                File.WriteAllText(Path.Combine(_folder, "metrics", Safe(name)), string.Concat(known.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.When} {s.Value:R} {s.Step}\n"))));
            }
        }

        public void Artifact(string name, byte[]? bytes)
        {
            if (bytes is not null)
            {
                File.WriteAllBytes(Path.Combine(_folder, "artifacts", name), bytes);
            }
        }

        // MLflow allows letters, digits, and these in a name
        private static string Safe(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ' ' ? c : '_'));

        private sealed record Verbatim(string Text)
        {
            public override string ToString() => Text;
        }
    }
}
