using System.Text.Json;
using System.Text.Json.Nodes;
using TuneLab.Experiments.Nested;
using TuneLab.Space;
using TuneLab.Storage;

namespace TuneLab.Experiments.Output;

/// <summary>The JSON form of a result: what <c>run --json</c> prints, what experiment.json holds and what the store keeps. NaN is null.</summary>
public static class ResultJson
{
    /// <summary>As one indented document.</summary>
    public static string Write(ExperimentResult result) => ToNode(result).ToJsonString(new() { WriteIndented = true });

    /// <summary>As a tree.</summary>
    public static JsonObject ToNode(ExperimentResult r)
    {
        var files = new JsonObject();
        foreach (var (kind, path) in r.Files)
        {
            files[kind] = path;
        }

        return new JsonObject
        {
            ["experiment"] = r.Experiment,
            ["complete"] = r.Complete,
            ["best"] = Of(r.Best),
            ["baseline"] = Of(r.Baseline),
            ["verdict"] = VerdictJson.Of(r.Verdict),
            ["prior"] = r.Prior,
            ["nested"] = r.Nested is { } nested ? new JsonObject
            {
                ["of"] = nested.Of,
                ["folds"] = new JsonArray([.. nested.Folds.Select(f => (JsonNode)new JsonObject { ["fold"] = f.Fold, ["rows"] = f.Rows, ["trainer"] = f.Trainer, ["winner"] = Number(f.Winner), ["baseline"] = Number(f.Baseline), ["effect"] = Number(f.Effect), ["by"] = Number(f.By), ["faster"] = f.Faster is { } faster ? Number(faster) : null })]),
                ["failed"] = new JsonArray([.. nested.Failures.Select(f => (JsonNode)new JsonObject { ["fold"] = f.Fold, ["reason"] = f.Reason })]),
            } : null,
            ["ensemble"] = r.Ensemble is { } ensemble ? EnsembleJson.Of(ensemble) : r.EnsembleLeftOut is { } reason ? new JsonObject { ["left_out"] = reason } : null,
            ["findings"] = r.Findings is { } findings ? FindingsJson.Of(findings) : null,
            ["trials"] = new JsonObject { ["total"] = r.Trials.Total, ["cached"] = r.Trials.Cached, ["failed"] = r.Trials.Failed, ["pruned"] = r.Trials.Pruned },
            ["evaluations"] = new JsonObject { ["computed"] = r.Evaluations.Computed, ["cached"] = r.Evaluations.Cached, ["rounds_again"] = r.Evaluations.RoundsAgain },
            ["seconds"] = new JsonObject { ["wall"] = Number(r.Seconds.Wall), ["fit"] = Number(r.Seconds.Fit), ["score"] = Number(r.Seconds.Score), ["overhead"] = Number(r.Seconds.Overhead) },
            ["stages"] = new JsonArray([.. r.Stages.Select(s => (JsonNode)new JsonObject
            {
                ["pass"] = s.Pass,
                ["stage"] = s.Stage,
                ["exit"] = s.Exit,
                ["reason"] = s.Reason,
                ["trials"] = s.Trials,
                ["seconds"] = Number(s.Seconds),
                ["notes"] = new JsonArray([.. s.Notes.Select(n => (JsonNode)n)]),
            })]),
            ["holdout_looks"] = r.HoldoutLooks,
            ["files"] = files,
        };
    }

    /// <summary>Reads <see cref="Write"/> back.</summary>
    public static ExperimentResult Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var (trials, evaluations, seconds) = (root.GetProperty("trials"), root.GetProperty("evaluations"), root.GetProperty("seconds"));
        return new ExperimentResult
        {
            Experiment = root.GetProperty("experiment").GetString()!,
            Complete = root.GetProperty("complete").GetBoolean(),
            Best = ContenderOf(root.GetProperty("best")),
            Baseline = ContenderOf(root.GetProperty("baseline")),
            Verdict = VerdictJson.Read(root.GetProperty("verdict")),
            Prior = root.TryGetProperty("prior", out var prior) ? prior.GetInt32() : 0,
            Nested = root.TryGetProperty("nested", out var nested) && nested.ValueKind == JsonValueKind.Object
                ? new NestedSummary([.. nested.GetProperty("folds").EnumerateArray().Select(f => new NestedFold(Whole(f, "fold"), Whole(f, "rows"), f.GetProperty("trainer").GetString()!, Number(f, "winner"), Number(f, "baseline"), Number(f, "effect"), Number(f, "by")) { Faster = f.TryGetProperty("faster", out var faster) && faster.ValueKind != JsonValueKind.Null ? Number(f, "faster") : null })], Whole(nested, "of"))
                {
                    Failures = nested.TryGetProperty("failed", out var failed) ? [.. failed.EnumerateArray().Select(f => new NestedFailure(Whole(f, "fold"), f.GetProperty("reason").GetString()!))] : [], // a version before this one had none
                }
                : null,
            Ensemble = EnsembleJson.Find(root),
            EnsembleLeftOut = EnsembleJson.LeftOut(root),
            Findings = FindingsJson.Find(root),
            Trials = new TrialCounts(Whole(trials, "total"), Whole(trials, "cached"), Whole(trials, "failed"), Whole(trials, "pruned")),
            Evaluations = new EvaluationCounts(Whole(evaluations, "computed"), Whole(evaluations, "cached"))
            {
                RoundsAgain = evaluations.TryGetProperty("rounds_again", out var again) ? again.GetInt32() : 0, // a result stored by a version before this one has none
            },
            Seconds = new TimeSummary(Number(seconds, "wall"), Number(seconds, "fit"), Number(seconds, "score"), Number(seconds, "overhead")),
            Stages = [.. root.GetProperty("stages").EnumerateArray().Select(s => new StageRecord(
                Whole(s, "pass"), s.GetProperty("stage").GetString()!, s.GetProperty("exit").GetString()!, s.GetProperty("reason").GetString()!, Whole(s, "trials"), Number(s, "seconds"),
                [.. s.GetProperty("notes").EnumerateArray().Select(n => n.GetString()!)]))],
            HoldoutLooks = Whole(root, "holdout_looks"),
            Files = root.GetProperty("files").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetString()!),
        };
    }

    private static JsonObject Of(Contender c)
    {
        var scores = new JsonObject();
        foreach (var (name, value) in c.Scores)
        {
            scores[name] = Number(value);
        }

        return new JsonObject
        {
            ["trainer"] = c.Trainer,
            ["configuration"] = Node(c.Configuration),
            ["settled"] = Node(c.Settled),
            ["trial"] = c.Trial,
            ["rounds"] = c.Rounds,
            ["metric"] = c.Metric,
            ["validation"] = new JsonObject { ["mean"] = Number(c.Validation.Mean), ["std"] = Number(c.Validation.Std), ["folds"] = c.Validation.Count },
            ["confirm"] = c.Confirm is { } confirm ? new JsonObject { ["mean"] = Number(confirm.Mean), ["std"] = Number(confirm.Std), ["repeats"] = confirm.Count } : null,
            ["holdout"] = c.Holdout is { } holdout ? new JsonObject { ["value"] = Number(holdout.Value), ["low"] = Number(holdout.Low), ["high"] = Number(holdout.High) } : null,
            ["out_of_bag"] = c.OutOfBag is { } outOfBag ? new JsonObject { ["metric"] = outOfBag.Metric, ["value"] = Number(outOfBag.Value), ["rows"] = outOfBag.Rows } : null,
            ["scores"] = scores,
        };
    }

    internal static JsonObject Node(Configuration configuration)
    {
        var values = new JsonObject();
        foreach (var (name, value) in configuration.Values)
        {
            values[name] = value.Name is { } text ? text : value.Number;
        }

        return values;
    }

    internal static Configuration ConfigurationOf(string trainer, JsonElement values) => new(trainer, values.EnumerateObject()
        .Select(p => new KeyValuePair<string, ParameterValue>(p.Name, p.Value.ValueKind == JsonValueKind.Number ? p.Value.GetDouble() : p.Value.GetString()!)));

    private static Contender ContenderOf(JsonElement c)
    {
        var trainer = c.GetProperty("trainer").GetString()!;
        var configuration = ConfigurationOf(trainer, c.GetProperty("configuration"));
        var validation = c.GetProperty("validation");
        return new Contender
        {
            Trainer = trainer,
            Configuration = configuration,
            Settled = c.TryGetProperty("settled", out var settled) ? ConfigurationOf(trainer, settled) : configuration,
            Trial = Whole(c, "trial"),
            Rounds = Whole(c, "rounds"),
            Metric = c.GetProperty("metric").GetString()!,
            Validation = new ScoreSummary(Number(validation, "mean"), Optional(validation, "std"), Whole(validation, "folds")),
            Confirm = c.GetProperty("confirm") is { ValueKind: JsonValueKind.Object } confirm ? new ScoreSummary(Number(confirm, "mean"), Optional(confirm, "std"), Whole(confirm, "repeats")) : null,
            Holdout = c.GetProperty("holdout") is { ValueKind: JsonValueKind.Object } holdout ? new HoldoutScore(Number(holdout, "value"), Number(holdout, "low"), Number(holdout, "high")) : null,
            // a result stored by a version before this one has none
            OutOfBag = c.TryGetProperty("out_of_bag", out var unseen) && unseen.ValueKind == JsonValueKind.Object ? new OutOfBagScore(unseen.GetProperty("metric").GetString()!, Number(unseen, "value"), Whole(unseen, "rows")) : null,
            Scores = c.GetProperty("scores").EnumerateObject().ToDictionary(s => s.Name, s => s.Value.ValueKind == JsonValueKind.Number ? s.Value.GetDouble() : double.NaN),
        };
    }

    internal static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    internal static double Number(JsonElement parent, string name) => Optional(parent, name) ?? double.NaN;

    internal static double? Optional(JsonElement parent, string name) => parent.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    internal static int Whole(JsonElement parent, string name) => parent.GetProperty(name).GetInt32();
}
